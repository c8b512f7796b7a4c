import { cpSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import Database from 'better-sqlite3'
import { forge, tamper, entriesOf } from '../support/forge.ts'
import { openStore, townshipData, signerOf } from '../support/township-data.ts'
import { briefly, verifyData } from '../support/verify-data.ts'
import { town, village, by, company, o, p } from '../support/law-cast.ts'
import { perform } from '../../src/app/perform.ts'
import { openSqlite } from '../../db/open.ts'
import { openHeads } from '../../db/heads.ts'
import { workings } from '../../src/app/workings.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { presentCalendar } from '../../src/app/calendars.ts'
import { commandIdSchema } from '../../src/domain/ids.ts'
import { form, foundWorld, windowOf, asked, evidenceOf, invoice } from '../support/request-cast.ts'
import * as R from '../support/law-round.ts'
import { checkpointText } from '../../src/ledger/checkpoint.ts'
import { signNote } from '../../src/ledger/note.ts'

const out = (n: string, v: unknown) => console.log('HR', n, '=>', typeof v === 'string' ? v : JSON.stringify(v))
const tryIt = (n: string, f: () => unknown) => test(n, async () => { try { out(n, (await f()) ?? 'done') } catch (e) { out(n, 'THREW ' + String((e as Error).stack).slice(0, 400)) } }, 60000)
const data = townshipData({ requests: 3 })
const copy = async () => { const d = await data; const path = mkdtempSync(join(tmpdir(), 'hr-')); cpSync(d.path, path, { recursive: true }); return path }
const F = (path: string) => join(path, 'ledger.db')
const v = async (path: string, h = true) => briefly(await verifyData(path, { headless: h }))
const given = (e: never) => e
const edit = async (f: (e: any, seq: number) => any) => { const path = await copy(); forge({ file: F(path), ledger: village, edit: (all) => all.map((e, i) => f(e, i)) }); return v(path) }

tryIt('V1 amount lowered consistently', () => edit((e) => e.type === 'request.submitted' ? { ...e, body: { ...e.body, given: { ...e.body.given, purpose: '改' } } } : e))
tryIt('V3 by.auth forged', () => edit((e) => e.by.auth === 'password+totp' ? { ...e, by: { ...e.by, auth: 'nobody-signed-in' } } : e))
tryIt('V3b by.mandate added', () => edit((e) => e.type === 'payment.ordered' ? { ...e, by: { ...e.by, mandate: 'm_invented' } } : e))
tryIt('V5 all at shifted +300 days', () => edit((e) => ({ ...e, at: new Date(Date.parse(e.at) + 250 * 864e5).toISOString() })))
tryIt('V5b submission backdated? payment at shifted only (monotonic)', async () => 'see V5')
tryIt('V6 files invented', () => edit((e) => e.type === 'payment.ordered' ? { ...e, files: [{ name: 'x', sha256: 'a'.repeat(64), size: 1 }] } : e))
tryIt('V7 relies off-boundary (size-1 everywhere)', () => edit((e) => e.relies && e.type === 'payment.ordered' ? { ...e, relies: { ...e.relies, size: e.relies.size - 1 } } : e))
tryIt('V7b relies -1 for note entries', () => edit((e) => e.type === 'memberVote.notRequired' ? { ...e, relies: { ...e.relies, size: e.relies.size - 1 } } : e))
tryIt('V9 drop note', async () => { const path = await copy(); forge({ file: F(path), ledger: village, edit: (all) => all.filter((e: any) => e.type !== 'disciplineAudit.opened') }); return (await v(path)).slice(0, 3) })
tryIt('V10 nonce all equal', () => edit((e) => ({ ...e, nonce: 'AAAAAAAAAAAAAAAAAAAAAA' })))
tryIt('V13 command.size forged', async () => { const path = await copy(); tamper(F(path), (db) => db.prepare('update command set size = size + 100000').run()); return v(path) })
tryIt('V16 extra checkpoint inside a commit', async () => {
  const path = await copy(); const all = entriesOf(F(path), village) as any[]; const i = all.findIndex((e) => e.type === 'memberVote.notRequired')
  const { CompactRange, leafHash } = await import('../../src/ledger/merkle.ts'); const { canonicalBytes } = await import('../../src/ledger/canonical.ts')
  const r = new CompactRange(nodeCrypto); for (const e of all.slice(0, i + 1)) r.append(leafHash(nodeCrypto, canonicalBytes(e)))
  const note = signNote(nodeCrypto, checkpointText({ origin: village, size: r.size, root: r.root() }), signerOf(village))
  tamper(F(path), (db) => db.prepare('insert into checkpoint (ledger,size,at,root,note) values (?,?,?,?,?)').run(village, r.size, all[i].at, r.root(), note)); return v(path)
})
tryIt('V17 triggers dropped: verify, and store opens and writes', async () => {
  const path = await copy(); tamper(F(path), () => {}); const f = await v(path, false)
  const s = await openStore(path); const ro = s.readOnly; await s.store.close()
  const db = new Database(F(path)); const n = db.prepare("select count(*) from sqlite_schema where type='trigger'").pluck().get(); db.close(); return [f, ro ?? 'writable', `triggers ${n}`]
})
tryIt('V18 drafts/vault tables not verified: delete a heads note', async () => { const path = await copy(); return readdirSync(join(path, 'heads')).map((d) => [d, readdirSync(join(path, 'heads', d)).length]) })
tryIt('S1 command id reused in another ledger', async () => {
  const path = await copy(); const { store } = await openStore(path); const id = commandIdSchema.parse('01980000-0000-7000-8000-000000000001')
  const a = await perform({ store }, { id, type: 'evidence.add', ledger: village, stream: 'request/2026-000003', by: by('clerk'), input: { evidence: evidenceOf('photos') } } as never)
  const b = await perform({ store }, { id, type: 'roster.confirm', ledger: village, stream: 'roster', by: by('head'), input: {} } as never)
  const c = await perform({ store }, { id, type: 'office.vacate', ledger: town, stream: 'roster', by: by('leader'), input: { office: o('officer2'), reason: 'x' } } as never)
  await store.close(); return [Object.keys(a), b, Object.keys(c), await v(path)]
})
tryIt('S2 heads race: other process commits between sizes and heads.newest()', async () => {
  const path = await copy(); const other = await openStore(path); const real = openHeads(join(path, 'heads'), () => {})
  let n = 0
  const opened = await openSqlite({ file: F(path), workings, crypto: nodeCrypto, signer: signerOf, clock: () => Date.now(), nonce: () => 'AAAAAAAAAAAAAAAAAAAAAA', calendar: presentCalendar,
    heads: { ...real, newest: async () => {
      // what another process does while this one awaits the directory
      const a = await perform({ store: other.store }, { id: commandIdSchema.parse('01980000-0000-7000-8000-00000000000' + ++n), type: 'office.vacate', ledger: town, stream: 'roster', by: by('leader'), input: { office: o('officer2'), reason: 'x' } } as never)
      await new Promise((r) => setTimeout(r, 300))
      return real.newest() } } })
  const r = opened.readOnly?.message ?? 'writable'; await opened.store.close(); await other.store.close(); return r
})
tryIt('S3 heads coalesced', async () => {
  const path = await copy(); const { store, ledgers } = await openStore(path)
  for (let i = 0; i < 30; i++) await perform({ store }, { id: commandIdSchema.parse('01980000-0000-7000-8000-0000000001' + String(i).padStart(2, '0')), type: 'evidence.add', ledger: village, stream: 'request/2026-000003', by: by('clerk'), input: { evidence: evidenceOf('photos') } } as never)
  await store.close()
  const db = new Database(F(path)); const n = db.prepare('select count(*) from checkpoint where ledger = ?').pluck().get(village); db.close()
  return [`checkpoints ${n}`, `heads kept ${readdirSync(join(path, 'heads', village.replaceAll('/', '_'))).length}`]
})
tryIt('S10 entry too large: form within its schema', () => {
  const w = foundWorld(); w.fact('payeeWindow', windowOf(...Array.from({ length: 99 }, () => '10.00')) as never)
  const papers = Array.from({ length: 60 }, () => evidenceOf('relationDeclaration')[0]); const ev = [...evidenceOf('purposeNote', 'relationDeclaration'), ...papers].slice(0, 60)
  const inv = Array.from({ length: 20 }, (_, i) => ({ ...invoice, number: String(i).padStart(20, '9'), total: '1200.00' }))
  const r = w.ask(asked('request.submit', 'clerk', form({ purpose: '修'.repeat(200), evidence: ev, invoices: inv, contract: '合'.repeat(40), budgetLine: '预'.repeat(40) })))
  return 'refused' in r ? r : JSON.stringify(r.entries[0]).length
})
tryIt('S10b picks within schema throw', () => {
  const w = R.inspectedWorld(); const ids = R.endRequests(w, 40); const { noticed } = R.roundOver(w, ids)
  const x = noticed.fork(); R.answerRound(x, ids); x.clock('2026-04-08T02:00:00.000Z')
  return x.refusal(R.onRound('inspection.draw', 'inspector1', { secret: R.secret, picks: ids.map((request) => ({ request, reason: '疑'.repeat(200) })) })) ?? 'ACCEPTED'
})
tryIt('S11 decomposed text: throw or refusal?', () => { const w = foundWorld(); return w.refusal(asked('request.submit', 'clerk', form({ purpose: 'cafe\u0301' }))) ?? 'ACCEPTED' })
tryIt('I1 notice of round: secret cancelled after draw & redrawn round over same population', () => {
  const w = R.inspectedWorld(); const ids = R.endRequests(w, 30); const { drawn } = R.roundOver(w, ids)
  const x = drawn.fork(); R.answerRound(x, ids)
  const c = x.refusal(R.onRound('inspection.cancel', 'secretary', { reason: 'r' })) ?? 'ACCEPTED'
  const d = x.refusal(R.onRound('inspection.plan', 'inspector1', R.plan, 'i-2026-02')) ?? 'ACCEPTED'
  return [c, d]
})
tryIt('I2 drawAfter 1 ms ahead', () => {
  const w = R.inspectedWorld(); const ids = R.endRequests(w, 3); const { planned } = R.roundOver(w, ids); const x = planned.fork(); R.answerRound(x, ids)
  return x.refusal(R.onRound('inspection.notice', 'inspector1', { ...R.notice, drawAfter: new Date(Date.parse(x.now) + 1).toISOString() })) ?? 'ACCEPTED'
})
tryIt('I3 finding never answered blocks? raise finding about request not in round company; conclude with open findings; same inspector covers and raises', () => {
  const w = R.inspectedWorld(); const ids = R.endRequests(w, 1); const { underway } = R.roundOver(w, ids); const x = underway.fork(); R.answerRound(x, ids)
  const f = { request: ids[0], fault: 'F01', kind: 'simple', text: 't', followUps: ['rectify'] }
  return x.refusal(R.onRound('finding.raise', 'inspector1', f)) ?? 'ACCEPTED'
})
