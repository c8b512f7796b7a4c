// Who is paid by the requests that the year has beside its sheet: no real firm, account or number.
import { type Payee, payeeSchema } from '../../domain/request.ts'

const firm = (name: string, account: string): Extract<Payee, { type: 'firm' }> => {
  const parsed = payeeSchema.parse({ type: 'firm', name, account, bank: '湖州银行八里支行' })
  if (parsed.type !== 'firm') throw new Error(`${name} is no firm`)
  return parsed
}

export const firms = {
  gas: firm('八里燃气有限公司', '6217003310001120011'),
  fireWorks: firm('湖州平安消防工程有限公司', '6217003310001120022'),
  tractors: firm('吴兴农机销售有限公司', '6217003310001120033'),
  pumps: firm('湖州清源泵业有限公司', '6217003310001120044'),
  cold: firm('八里冷链仓储有限公司', '6217003310001120055'),
  cars: firm('湖州畅行汽车租赁有限公司', '6217003310001120066'),
  rescue: firm('吴兴应急抢修工程队', '6217003310001120077'),
  hardware: firm('八里五金商行', '6217003310001120088'),
  signs: firm('湖州明道标识有限公司', '6217003310001120099'),
  mason: firm('南塘泥瓦工程队', '6217003310001120102'),
  roads: firm('青墩道路养护队', '6217003310001120113'),
  nets: firm('太湖网具有限公司', '6217003310001120124'),
  scales: firm('湖州衡器有限公司', '6217003310001120135'),
  sheds: firm('吴兴大棚设施有限公司', '6217003310001120146'),
  prints: firm('八里图文广告社', '6217003310001120157'),
  boats: firm('湖州水上装备有限公司', '6217003310001120168'),
  /** Controlled by a director's near relative, as the roster of 菱桑村 declares. */
  builders: firm('菱桑村建材经营部', '6243691896151208229'),
  cooperative: firm('南塘村股份经济合作社', '6217003310001120179'),
} as const
export type FirmName = keyof typeof firms
