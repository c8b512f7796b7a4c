// Organisations, offices, members (law §1, §7).
import { guard, plain, type RefusalKind } from './kind.ts'

export const rosterRefusals = {
  genesisMismatch: guard(
    '创世记录与账本不符：{detail}',
    'The genesis does not fit its ledger: {detail}',
    '请核对账本编号、区划代码和公钥',
    "Check the ledger's origin, division code and key",
  ),
  supervisorIncompatible: guard(
    '监事不得由董事（理事）、经理、财务人员或其近亲属担任（{holder}现任{office}）',
    'Directors, managers, finance staff and their near relatives may not be supervisors ({holder} holds {office})',
    '请另选他人（农村集体经济组织法第34条、公司法第76条）',
    'Appoint somebody else (Rural Collective Economic Organisations Law Art 34, Company Law Art 76)',
  ),
  councilNearRelatives: guard(
    '理事会成员之间应当实行近亲属回避（{holder}现任{office}）',
    'Near relatives may not sit on one council ({holder} holds {office})',
    '请另选他人（农村集体经济组织法第29条）',
    'Appoint somebody else (Rural Collective Economic Organisations Law Art 29)',
  ),
  officeOccupied: guard(
    '该职务现由{holder}担任',
    'The office is now held by {holder}',
    '请先登记离任',
    'Record that the holder has left first',
  ),
  seatTwice: guard(
    '同一人不得在同一机构占两个席位',
    'One person may not hold two seats of one organ',
    '请另选他人',
    'Appoint somebody else',
  ),
  ownAppointment: guard(
    '不得登记本人任职',
    'Nobody records their own appointment',
    '请由另一名登记人员办理',
    'Let another keeper of the roster record it',
  ),
  mandatesTooLong: guard(
    '同一人代行同一职务，任何{within}日内合计不得超过{days}日',
    'One person stands in for one office on at most {days} days within any {within}',
    '请由他人代行，或由本人办理；长期不能履职的，依法另行任命',
    'Name another deputy or act in person; whoever cannot serve for long is replaced',
  ),
  termOver: guard(
    '任期已于{to}届满',
    'The term was over on {to}',
    '请登记仍在任期内的任职',
    'Record an appointment whose term still runs',
  ),
  townshipOfficer: guard(
    '{person}现任{office}，不得在村办公司经手支出',
    '{person} holds {office} and may not handle the spending of a village company',
    '请由不在镇级任职的人担任',
    'Appoint somebody who holds no office of the township',
  ),
  appointedAhead: plain(
    '任职日期{from}尚未到来',
    'The term begins only on {from}',
    '请在任职之日登记',
    'Record it on the day the term begins',
  ),
  officeMisplaced: plain(
    '该机构不能设此职务：{detail}',
    'This post does not belong there: {detail}',
    '请核对机构与职务种类',
    'Check the organisation and the kind of office',
  ),
  officeVacant: plain(
    '该职务空缺',
    'The office is vacant',
    '请先登记任职',
    'Record an appointment first',
  ),
  inTwoHouseholds: guard(
    '社员{person}已登记在另一户',
    'Member {person} is recorded in another household',
    '请同时更正两户，一人只计一次',
    'Correct both households in one act; a person counts once',
  ),
} as const satisfies Record<string, RefusalKind>
