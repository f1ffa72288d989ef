/**
 * Writes the corpus of good and bad packages, `test/vectors/packages/`. Needs Node 24 and openssl; takes a minute:
 *
 *     node test/vectors/make-packages.ts
 *
 * Every key is made for this one run and thrown away with it: the files cannot be made to say anything else afterwards, and
 * a new run makes other bytes. What must become of each package is in `index.json`, and never changes with the day.
 */
import { writeCorpus } from "../corpus/making/write-corpus.ts"

const written = await writeCorpus()
console.log(`${written.bad} bad packages and ${written.good} good ones`)
