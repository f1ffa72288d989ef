import type { ReactNode } from "react"
import type { Page } from "../app/page.ts"
import { LinkPage } from "./link-page.tsx"
import { OutboxPage } from "./outbox-page.tsx"
import { RefusalsPage } from "./refusals-page.tsx"
import { SettingsPage } from "./settings-page.tsx"

/** A page that lies over the consult until it is closed, or the consult goes on. */
export function PageScreen({ page }: { readonly page: Page }): ReactNode {
  return (
    <div className="screen" key={page.is === "link" ? page.name : page.is} data-screen={`page-${page.is}`}>
      <PageContent page={page} />
    </div>
  )
}

function PageContent({ page }: { readonly page: Page }): ReactNode {
  switch (page.is) {
    case "outbox":
      return <OutboxPage />
    case "refusals":
      return <RefusalsPage />
    case "settings":
      return <SettingsPage />
    case "link":
      return <LinkPage name={page.name} />
  }
}
