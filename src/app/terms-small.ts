// Short lists of values that no other part of the program has to name.
import { accountActs } from '../domain/account-act.ts'
import type { Sentence } from '../domain/language.ts'
import type { Vocabulary } from './terms.ts'

type Names = Readonly<Record<string, Sentence>>

const s = (zh: string, en: string): Sentence => ({ zh, en })

const said = (zh: string, en: string, values: Names): Vocabulary => ({
  title: { zh, en },
  values,
})

export const smallTerms: Readonly<Record<string, Vocabulary>> = {
  payeeKinds: said('收款人种类', 'kinds of payee', {
    firm: s('单位', 'a firm'),
    person: s('个人', 'a person'),
    unregistered: s('无账户商户', 'a seller without an account'),
    list: s('发放表', 'a list of payees'),
  }),
  sellers: said('销售方没有账户的情形', 'why a seller has no account', {
    person: s('个人', 'a person'),
    unregistered: s('无账户商户', 'a seller without an account'),
  }),
  voucherExceptions: said('法定免票凭证', 'lawful vouchers without invoice', {
    payeeList: s('发放表', 'a list of payees'),
    bankSlip: s('银行回单', 'bank slip'),
    farmPurchase: s('农产品收购凭证', 'farm purchase slip'),
    govReceipt: s('财政票据', 'government receipt'),
  }),
  relations: said('关联关系声明', 'ties a handler declares', {
    none: s('无关联关系', 'none'),
    related: s('有关联关系', 'related'),
  }),
  kin: said('亲属关系', 'how two are related', {
    spouse: s('配偶', 'spouses'),
    parentChild: s('父母子女', 'parent and child'),
    sibling: s('兄弟姐妹', 'siblings'),
    grandparent: s('祖孙', 'grandparent and grandchild'),
    inLaw: s('姻亲', 'in-laws'),
    other: s('其他近亲属', 'other near relatives'),
    ended: s('关系已终止', 'no longer'),
  }),
  control: said('控制关系', 'control of a firm', {
    controls: s('控制', 'controls'),
    ended: s('已不再控制', 'no longer'),
  }),
  votes: said('表决意见', 'votes', {
    for: s('赞成', 'for'),
    against: s('反对', 'against'),
    abstain: s('弃权', 'abstaining'),
  }),
  attendance: said('到会方式', 'how somebody attends', {
    onSite: s('现场', 'on the spot'),
    online: s('线上', 'online'),
  }),
  recusals: said('回避理由', 'grounds to recuse oneself', {
    related: s('关联关系', 'related'),
    handled: s('经办过该事项', 'handled the matter'),
    other: s('其他', 'other'),
  }),
  capacities: said('成员资格', 'capacity of a member', {
    full: s('完全民事行为能力', 'full'),
    limited: s('限制民事行为能力', 'limited'),
  }),
  examinations: said('核查结果', 'what an examination found', {
    noFinding: s('未发现问题', 'no finding'),
    finding: s('发现问题', 'a finding'),
  }),
  consents: said('镇三资意见', "the township's decision", {
    consented: s('同意', 'consented'),
    refused: s('不同意', 'refused'),
  }),
  signOffs: said('监事签字方式', 'which supervisors sign', {
    all: s('全体监事', 'all of them'),
    majorityAndChair: s('过半数和监事会主席', 'a majority and the chair'),
  }),
  layers: said('由哪一级规定', 'which layer set a rule', {
    shipped: s('出厂值', 'shipped'),
    township: s('镇', 'township'),
    village: s('村', 'village'),
  }),
  uses: said('额度使用', 'how an authority was used', {
    reserved: s('已占用', 'reserved'),
    drawn: s('已支付', 'drawn'),
  }),
  changes: said('必经环节的变化', 'how a must changes', {
    gained: s('新增', 'gained'),
    lost: s('取消', 'lost'),
  }),
  besides: said('路线的其他变化', 'what else changes on a route', {
    beyondMeeting: s('超出该会议权限', 'beyond its meeting'),
    filingGained: s('须经镇三资报备', 'would be filed with the township'),
    filingLost: s('不再须经镇三资报备', 'would not be filed any more'),
  }),
  lateness: said('期限', 'whether it is late', {
    open: s('未到期', 'not due'),
    late: s('已逾期', 'late'),
  }),
  yes: said('是', 'yes', { true: s('是', 'yes') }),
  things: said('事项种类', 'kinds of thing', {
    request: s('申请', 'request'),
    meeting: s('会议', 'meeting'),
    authority: s('授权额度', 'authority'),
    inspection: s('检查', 'inspection'),
    finding: s('检查问题', 'finding'),
  }),
  findingFilters: said('问题筛选', 'findings to be shown', {
    open: s('未销号', 'not closed out'),
    raised: s('待整改', 'to be rectified'),
    answered: s('待核实', 'to be verified'),
    reopened: s('退回整改', 'reopened'),
    verified: s('已销号', 'closed out'),
  }),
  streams: said('记录流种类', 'kinds of stream', {
    ledger: s('账本', 'ledger'),
    roster: s('名册', 'roster'),
    policy: s('政策', 'policy'),
    request: s('申请', 'request'),
    meeting: s('会议', 'meeting'),
    authority: s('授权额度', 'authority'),
    inspection: s('检查', 'inspection'),
  }),
  ballotLinks: said('投票链接状态', 'states of a voting link', {
    early: s('表决尚未开始', 'voting is not open yet'),
    open: s('可以投票', 'open'),
    unfinished: s('尚有议题未投', 'not all items are voted on'),
    taken: s('已投票', 'the vote was taken'),
    elsewhere: s('在别处到会', 'attends otherwise'),
    closed: s('已结束', 'closed'),
  }),
  importStates: said('导入状态', 'states of an import', {
    shown: s('待确认', 'to be confirmed'),
    confirmed: s('已确认', 'confirmed'),
  }),
  importRows: said('导入行的结果', 'how a row was read', {
    good: s('无误', 'good'),
    bad: s('有错', 'bad'),
    known: s('此前已有', 'known already'),
  }),
  disclosureMonths: said('公开月份', 'months of disclosure', {
    open: s('已公开', 'disclosed'),
    running: s('本月', 'still running'),
  }),
  disclosureScopes: said('公开范围', 'what is disclosed', {
    month: s('按月', 'the month'),
    major: s('重大事项', 'major matters'),
  }),
  attachmentStates: said('附件状态', 'states of an attachment', {
    kept: s('已保存', 'kept'),
    missing: s('缺失', 'missing'),
    erased: s('已清除', 'erased'),
  }),
  verificationStates: said('核验状态', 'states of a verification', {
    none: s('未核验', 'none'),
    waiting: s('等待核验', 'waiting'),
    running: s('核验中', 'running'),
    clean: s('无误', 'clean'),
    violated: s('发现不符', 'violations found'),
    cancelled: s('已取消', 'cancelled'),
    failed: s('未能完成', 'failed'),
  }),
  heads: said('账本末端的保存', 'the heads of the ledgers', {
    kept: s('已另存', 'kept'),
    behind: s('未跟上', 'behind'),
  }),
  disk: said('磁盘', 'the disk', { enough: s('充足', 'enough'), low: s('不足', 'low') }),
  roles: said('系统角色', 'roles in the system', {
    administrator: s('系统管理员', 'administrator'),
    none: s('无', 'none'),
  }),
  nextSteps: said('登录的下一步', 'what a sign-in asks next', {
    none: s('已登录', 'signed in'),
    secondFactor: s('输入动态口令', 'enter the one-time code'),
    enrolment: s('设置动态口令', 'set up one-time codes'),
    signIn: s('登录', 'sign in'),
  }),
  accountActs: said('账号操作', 'what was done to an account', accountActs),
  accountLimits: said('账号须先完成的', 'what an account must mend first', {
    enrolmentNeeded: s('设置动态口令', 'set up one-time codes'),
    secondFactorNeeded: s('输入动态口令', 'enter the one-time code'),
  }),
  tables: said('导出格式', 'formats of a table', {
    csv: s('CSV 文本', 'CSV'),
    xlsx: s('Excel 表格', 'Excel'),
  }),
  languages: said('语言', 'languages', { zh: s('中文', 'Chinese'), en: s('英文', 'English') }),
}
