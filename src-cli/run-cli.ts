import { Command } from "commander"
import { inspect } from "node:util"
import { addGroup, type Cli } from "./add-command.ts"
import { EXIT, type ExitCode } from "./cli-error.ts"
import { addBackend } from "./commands/backend.ts"
import { addCardCreate } from "./commands/card-create.ts"
import { addCardFault } from "./commands/card-fault.ts"
import { addCardInsert } from "./commands/card-insert.ts"
import { addCardList } from "./commands/card-list.ts"
import { addCardRemove } from "./commands/card-remove.ts"
import { addCardService } from "./commands/card-service.ts"
import { addCardStatus } from "./commands/card-status.ts"
import { addCertificate } from "./commands/certificate.ts"
import { addDemo } from "./commands/demo.ts"
import { addDesk } from "./commands/desk.ts"
import { addDossierAdd } from "./commands/dossier-add.ts"
import { addDossierCorrect } from "./commands/dossier-correct.ts"
import { addDossierList } from "./commands/dossier-list.ts"
import { addDoctor } from "./commands/doctor.ts"
import { addPhonePublish } from "./commands/phone-publish.ts"
import { addPhoneRegister } from "./commands/phone-register.ts"
import { addPhoneShow } from "./commands/phone-show.ts"
import { addPhoneWait } from "./commands/phone-wait.ts"
import { addPhoneWithdraw } from "./commands/phone-withdraw.ts"
import { addPkiInit } from "./commands/pki-init.ts"
import { addPkiRefresh } from "./commands/pki-refresh.ts"
import { addPkiRevoke } from "./commands/pki-revoke.ts"
import { addReader } from "./commands/reader.ts"
import { addRepresentation } from "./commands/representation.ts"
import { addSign } from "./commands/sign.ts"
import { addVerify } from "./commands/verify.ts"
import { addWordsDecode } from "./commands/words-decode.ts"
import { addWordsEncode } from "./commands/words-encode.ts"
import { explainError } from "./explain-error.ts"
import type { Terminal } from "./terminal.ts"

/** Runs one command line (without program name) and answers its exit code. Throws nothing. */
export async function runCli(line: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const cli: Cli = { terminal, exitCode: EXIT.success }
  try {
    await createProgram(cli).parseAsync(line, { from: "user" })
    return cli.exitCode
  } catch (error) {
    const { text, exitCode } = explainError(error)
    if (text !== "") terminal.tell(text)
    if (exitCode === EXIT.failure && debugging(terminal)) terminal.tell(inspect(error))
    return exitCode
  }
}

function debugging(terminal: Terminal): boolean {
  return (terminal.environment["VRIJGAVE_DEBUG"] ?? "") !== ""
}

function createProgram(cli: Cli): Command {
  const { terminal } = cli
  const program = new Command("vrijgave")
    .description("A clinician authorises the release of a patient's contact keys by signing with a UZI pass.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.print(text.trimEnd())
      },
      writeErr: (text) => {
        terminal.tell(text.trimEnd())
      },
    })
    .showHelpAfterError("(add --help to see what it takes)")
    .addHelpText("after", "\nBegin with: vrijgave demo\n")
  addDesk(program, cli)
  addDemo(program, cli)
  const pki = addGroup(program, "pki", "the test hierarchy: authorities, trust profile, revocation lists")
  for (const add of [addPkiInit, addPkiRefresh, addPkiRevoke]) add(pki, cli)
  const card = addGroup(program, "card", "test cards: on SoftHSM, or as chips in the virtual reader")
  for (const add of [addCardCreate, addCardList]) add(card, cli)
  for (const add of [addCardInsert, addCardRemove, addCardStatus, addCardFault, addCardService])
    add(card, cli)
  addReader(program, cli)
  addBackend(program, cli)
  addRepresentation(program, cli)
  const dossier = addGroup(program, "dossier", "what a care provider knows of persons, for representation")
  for (const add of [addDossierAdd, addDossierList, addDossierCorrect]) add(dossier, cli)
  const phone = addGroup(program, "phone", "the patient's phone, simulated")
  for (const add of [addPhoneRegister, addPhoneShow, addPhoneWait, addPhonePublish, addPhoneWithdraw])
    add(phone, cli)
  for (const add of [addSign, addVerify, addCertificate]) add(program, cli)
  const words = addGroup(program, "words", "the ten digits as four words, and back")
  for (const add of [addWordsEncode, addWordsDecode]) add(words, cli)
  addDoctor(program, cli)
  return program
}
