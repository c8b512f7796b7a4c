// The floors of the law, by hand from the articles: never computed by the product.
import type { PolicyKey } from '../../src/domain/policy.ts'

/** What the law sets, and on which side of it a township may go; where it may go nowhere, what is stricter is no more lawful. */
export const floors: readonly (readonly [
  PolicyKey,
  article: string,
  looser: string | number | boolean,
  stricter: string | number | boolean,
])[] = [
  ['member.noticeDays', '农村集体经济组织法第27条', 9, 11],
  ['member.consultDays', '浙江省农村集体资产管理条例第20条', 14, 16],
  ['member.quorum', '农村集体经济组织法第27条', '65/98', '67/99'],
  ['member.majority', '农村集体经济组织法第27条', '1/2', '3/4'],
  ['member.resultDays', '浙江省农村集体资产管理条例第25条', 6, 4],
  ['board.quorum', '公司法第73条（过半数出席）', '49/99', '2/3'],
  ['board.majority', '公司法第73条（全体董事过半数）', '49/99', '2/3'],
  ['council.quorum', '农村集体经济组织法第31条（三分之二以上出席）', '65/98', '3/4'],
  ['council.majority', '农村集体经济组织法第31条（全体理事过半数）', '49/99', '2/3'],
  ['member.partyPrestudy', '农村集体经济组织法第26条', false, true],
  ['member.supervisorWatch', '浙江省农村集体资产管理条例第17条', false, true],
  ['member.secretBallot', '浙江省村经济合作社组织条例第30条', false, true],
  ['member.proxy', '农村集体经济组织法第27条（本户社员书面委托，一人一份）', 2, 0],
  ['cash.max', '现金管理暂行条例第5条', '1000.01', '999.99'],
  ['window.days', '“五个必经”制度（同一收款人累计）', 29, 31],
  ['debit.submitWd', '“五个必经”制度（代扣补报）', 6, 4],
  ['advance.settleDays', '“五个必经”制度（借支核销）', 8, 6],
  ['suspension.maxWd', '“五个必经”制度（暂缓支付）', 16, 14],
  ['emergency.confirmWd', '“五个必经”制度（应急报备）', 3, 1],
  ['inspection.noticeDays', '“五个必经”制度（检查通知）', 2, 4],
  ['inspection.team', '“五个必经”制度（检查组）', 1, 3],
  ['inspection.samplePercent', '“五个必经”制度（抽查）', 0, 6],
  ['inspection.sampleMin', '“五个必经”制度（抽查）', 0, 11],
  ['alert.redProof', '“五个必经”制度（红色预警凭证据降级）', false, true],
]
