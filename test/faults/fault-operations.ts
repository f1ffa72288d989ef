/**
 * Every operation by which a party touches disk, database, network or another process on its way through a journey, by
 * party and step, in order; a number stands behind the second of its name. Before and after each of them is a fault point:
 * "register: before COMMIT #2" lies between a write and its becoming durable, "accept: after COMMIT #2" between that and
 * its acknowledgement. `fault-points.test.ts` walks an undisturbed journey and holds this table against what it came to.
 */
export const OPERATIONS = {
  backend: {
    start: `
      make folder · BEGIN · CREATE TABLE IF NOT EXISTS schema_version · INSERT INTO schema_version ·
      BEGIN #2 · CREATE TABLE settings · CREATE TABLE disclosures · CREATE INDEX disclosures_by_end ·
      CREATE INDEX disclosures_by_package · CREATE TABLE refusal_notices · CREATE TABLE accepted ·
      CREATE TABLE withdrawn_packages · CREATE TABLE publication_queue · CREATE TABLE batches ·
      CREATE TABLE sessions · CREATE TABLE clinicians · CREATE TABLE revocation_lists ·
      UPDATE schema_version · COMMIT · BEGIN #3 · CREATE TABLE disclosure_total ·
      INSERT INTO disclosure_total · UPDATE schema_version #2 · COMMIT #2 · BEGIN #4 ·
      INSERT INTO settings · COMMIT #3 · open batch-signing-key.pem.new ·
      writeFile batch-signing-key.pem.new · sync batch-signing-key.pem.new ·
      rename to batch-signing-key.pem · sync folder · open batch-public-key.pem.new ·
      writeFile batch-public-key.pem.new · sync batch-public-key.pem.new ·
      rename to batch-public-key.pem · sync folder #2 · BEGIN #5 · COMMIT #4 · BEGIN #6 ·
      INSERT INTO revocation_lists · COMMIT #5 · BEGIN #7 · INSERT INTO revocation_lists #2 · COMMIT #6 ·
      BEGIN #8 · INSERT INTO revocation_lists #3 · COMMIT #7 · BEGIN #9 ·
      INSERT INTO revocation_lists #4 · COMMIT #8
    `,
    register: `
      handling · BEGIN · COMMIT · BEGIN #2 · UPDATE disclosures · INSERT INTO disclosures ·
      UPDATE disclosure_total · COMMIT #2 · answer
    `,
    challenge: `
      handling · answer
    `,
    signIn: `
      handling · BEGIN · INSERT INTO sessions · INSERT INTO clinicians · COMMIT · answer
    `,
    find: `
      handling · BEGIN · COMMIT · answer
    `,
    crl: `
      handling · answer · handling #2 · answer #2 · handling #3 · answer #3 · handling #4 · answer #4 ·
      handling #5 · answer #5 · handling #6 · answer #6 · handling #7 · answer #7
    `,
    accept: `
      handling · BEGIN · COMMIT · BEGIN #2 · INSERT INTO clinicians · UPDATE disclosures ·
      INSERT INTO accepted · COMMIT #2 · answer
    `,
    pickUp: `
      handling · BEGIN · COMMIT · BEGIN #2 · COMMIT #2 · answer
    `,
    receipt: `
      handling · BEGIN · UPDATE disclosures · COMMIT · checkpoint · answer
    `,
    publish: `
      handling · BEGIN · COMMIT · BEGIN #2 · UPDATE accepted · INSERT INTO publication_queue ·
      UPDATE disclosures · COMMIT #2 · checkpoint · answer
    `,
    aggregate: `
      BEGIN · DELETE FROM publication_queue · INSERT INTO batches · DELETE FROM batches · COMMIT ·
      checkpoint
    `,
    "keep house": `
      BEGIN · UPDATE disclosures · COMMIT · BEGIN #2 · DELETE FROM disclosures · UPDATE disclosure_total ·
      DELETE FROM accepted · DELETE FROM withdrawn_packages · DELETE FROM sessions · COMMIT #2 ·
      checkpoint
    `,
    withdraw: `
      handling · BEGIN · INSERT INTO withdrawn_packages · UPDATE disclosures · COMMIT · checkpoint ·
      answer
    `,
  },
  phone: {
    register: `
      open phone.json.new · writeFile phone.json.new · sync phone.json.new · rename to phone.json ·
      sync folder · send register · open phone.json.new #2 · writeFile phone.json.new #2 ·
      sync phone.json.new #2 · rename to phone.json #2 · sync folder #2 · write phone.json ·
      sync phone.json
    `,
    wait: `
      send pickUp · send crl · send crl #2 · send crl #3 · send crl #4 · open phone.json.new ·
      writeFile phone.json.new · sync phone.json.new · rename to phone.json · sync folder ·
      write phone.json · sync phone.json · send receipt · open phone.json.new #2 ·
      writeFile phone.json.new #2 · sync phone.json.new #2 · rename to phone.json #2 · sync folder #2 ·
      write phone.json #2 · sync phone.json #2
    `,
    publish: `
      open phone.json.new · writeFile phone.json.new · sync phone.json.new · rename to phone.json ·
      sync folder · write phone.json · sync phone.json · open phone.json.new #2 ·
      writeFile phone.json.new #2 · sync phone.json.new #2 · rename to phone.json #2 · sync folder #2 ·
      write phone.json #2 · sync phone.json #2 · send publish · open phone.json.new #3 ·
      writeFile phone.json.new #3 · sync phone.json.new #3 · rename to phone.json #3 · sync folder #3 ·
      write phone.json #3 · sync phone.json #3
    `,
    withdraw: `
      open phone.json.new · writeFile phone.json.new · sync phone.json.new · rename to phone.json ·
      sync folder · write phone.json · sync phone.json · send withdraw · open phone.json.new #2 ·
      writeFile phone.json.new #2 · sync phone.json.new #2 · rename to phone.json #2 · sync folder #2 ·
      write phone.json #2 · sync phone.json #2
    `,
  },
  desk: {
    "sign in": `
      ask the card to list-tokens · take the card's answer to list-tokens ·
      ask the card to read-certificates · take the card's answer to read-certificates · send challenge ·
      ask the card to sign by authentication key · take the card's answer to sign by authentication key ·
      send signIn · hear that the card is closed
    `,
    "look up": `
      send find
    `,
    review: `
      send crl · send crl #2 · send crl #3
    `,
    sign: `
      give the PIN · ask the card to sign by signature key ·
      take the card's answer to sign by signature key · hear that the card is closed
    `,
    post: `
      make folder · open (package).json.writing · writeFile (package).json.writing ·
      sync (package).json.writing · rename to (package).json · sync folder · send accept ·
      remove (package).json · sync folder #2
    `,
  },
  "card host": {
    "list-tokens": `
      handling · answer
    `,
    "read-certificates": `
      handling · C_OpenSession · C_Logout · C_CloseSession · answer
    `,
    "sign by authentication key": `
      handling · C_OpenSession · C_SignInit · C_Sign · answer · C_Logout · C_CloseSession ·
      say that the card is closed
    `,
    "sign by signature key": `
      handling · C_OpenSession · C_SignInit · C_Sign · answer · C_Logout · C_CloseSession ·
      say that the card is closed
    `,
  },
} as const
