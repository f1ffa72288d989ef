import type { IpcMain } from "electron"
import type { Caller } from "../src-main/ipc/serve-contract.ts"
import { PHONE_CALLS, phoneChannelOf, type PhoneArgument, type PhoneCall } from "./contract.ts"
import type { PhoneSession } from "./phone-session.ts"

/** Opens the phone's door: a handler a call of its table; the sender is checked, the argument parsed. */
export function servePhone(
  ipcMain: Pick<IpcMain, "handle">,
  phone: PhoneSession,
  isOurs: (caller: Caller) => boolean,
): void {
  const serve = <Call extends PhoneCall>(
    call: Call,
    handle: (argument: PhoneArgument<Call>) => unknown,
  ): void => {
    ipcMain.handle(phoneChannelOf(call), async (caller, argument: unknown) => {
      if (!isOurs(caller)) throw new Error("refused")
      // Sound: parsed by the schema that PhoneArgument is inferred from.
      return await handle(PHONE_CALLS[call].parse(argument) as PhoneArgument<Call>)
    })
  }
  serve("readState", () => phone.readState())
  serve("register", () => phone.register())
  serve("publish", () => phone.publish())
  serve("withdraw", () => phone.withdraw())
  serve("chooseLanguage", ({ language }) => phone.chooseLanguage(language))
  serve("chooseWords", ({ language }) => phone.chooseWords(language))
}
