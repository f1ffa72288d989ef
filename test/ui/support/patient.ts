import type { Phone } from "../../../src-phone/phone.ts"
import type { CodeView } from "../../../src-phone/phone-view.ts"

/** A patient registers; answers what the phone shows to be read out. */
export async function registerOn(phone: Phone): Promise<CodeView> {
  const { code } = await phone.register()
  if (code === undefined) throw new Error("the phone registered and shows no code")
  return code
}
