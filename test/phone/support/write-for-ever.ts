import { fileStorage } from "../../../src-phone/state/file-storage.ts"

/** Writes one state after the other until it is killed, and says so after each. */
const storage = fileStorage(process.argv[2] ?? "")
for (let number = 0; ; number++) {
  const state = { number, filling: String(number % 10).repeat(200_000) }
  await storage.write(new TextEncoder().encode(JSON.stringify(state)), await storage.read())
  process.stdout.write("written\n")
}
