import type { ProblemCode } from '../../shared/contract/problem.ts';
import { fill } from '../../shared/domain/rule-sentences.ts';
import type { Language, Localized } from '../../shared/domain/vocabulary.ts';
import type { FieldError, FieldFault } from './problem.ts';

/** One sentence a code, in both languages. */
const PROBLEM_SENTENCES: Record<ProblemCode, Localized> = {
  'invalid-json': { zh: '请求内容不是有效的 JSON。', en: 'The request is not valid JSON.' },
  'invalid-input': {
    zh: '有些内容填写不正确，请检查后再提交。',
    en: 'Some of the input is not right; please check and send it again.',
  },
  'idempotency-key-missing': {
    zh: '请求缺少 Idempotency-Key。',
    en: 'The request has no Idempotency-Key header (8 to 128 characters).',
  },
  'body-too-large': { zh: '请求内容超过 64 KB。', en: 'The request is larger than 64 KB.' },
  'unsupported-media-type': { zh: '请求内容须为 application/json。', en: 'The request must be application/json.' },
  'not-signed-in': { zh: '请先登录。', en: 'Please sign in first.' },
  'identity-rejected': {
    zh: '登录信息无法验证，请重新登录。',
    en: 'The sign-in could not be verified; please sign in again.',
  },
  'person-unknown': { zh: '请先确认是您本人。', en: 'Please confirm first that it is you.' },
  'no-match': {
    zh: '没有与这个手机号和这些信息都相符的记录，请核对后再试。',
    en: 'There is no record with this number and these details; please check them and try again.',
  },
  'tries-used-up': {
    zh: '今天的尝试次数已用完。请明天再试，或携带身份证到站点请工作人员帮助。',
    en: 'That was tried too often today. Please try again tomorrow, or ask staff at a station and bring your identity card.',
  },
  'lookups-used-up': {
    zh: '您今天查询手机号的次数已用完，请明天再查。',
    en: 'You have looked up as many numbers today as one organiser may. Please go on tomorrow.',
  },
  'second-factor-needed': {
    zh: '工作人员须再出示身份验证器的 6 位验证码，才能进行此操作。',
    en: 'People who work here also show the six digits of their authenticator before they may do this.',
  },
  'code-wrong': {
    zh: '验证码不正确，或已经用过。请等身份验证器显示下一组数字后再试。',
    en: 'These are not the digits your authenticator shows now, or they were used already. Wait for the next ones and try again.',
  },
  'station-locked': {
    zh: '这台工作站已锁定，请用您的密码解锁。',
    en: 'This station is locked: unlock it with your PIN.',
  },
  'pin-wrong': {
    zh: '密码不正确。连续输错 5 次后，须重新登录。',
    en: 'That is not your PIN. After five wrong ones you have to sign in again.',
  },
  'seat-over': {
    zh: '您在这台工作站的登录已失效，请重新登录。',
    en: 'You are no longer signed in at this station: please sign in again.',
  },
  'codes-used-up': {
    zh: '今天的尝试次数已用完。请明天再试，或请两位管理员为您重置。',
    en: 'That was tried too often today. Please try again tomorrow, or have two admins reset it.',
  },
  forbidden: { zh: '您没有权限进行此操作。', en: 'You may not do this.' },
  'not-found': { zh: '没有找到。', en: 'There is no such thing here.' },
  refused: { zh: '现在不能预约。', en: 'This place cannot be taken now.' },
  'wrong-state': { zh: '当前状态不能进行此操作。', en: 'This is not possible in its present state.' },
  'has-booking': {
    zh: '此人当天在本站有预约，请按那个预约登记。',
    en: 'They have a booking here that day: enter this row for it.',
  },
  'code-over': {
    zh: '这个二维码已经换新。请现场扫描正在显示的那一个；照片和转发的不能用。',
    en: 'This code is no longer the one that is shown. Scan the one on the screen there; photos and forwarded codes do not work.',
  },
  'shift-not-begun': {
    zh: '班次开始前两小时起才能签到，结束后才能记为未到。',
    en: 'Check-in begins two hours before the shift, and nobody is noted as absent before it is over.',
  },
  'shift-over': {
    zh: '班次已经结束，不能再这样签到签退；请组织者按签到表补录。',
    en: 'The shift is over, so this cannot be done any more; the organiser can still enter it as a paper sheet.',
  },
  'not-signed-up': {
    zh: '您没有报名这个班次。',
    en: 'You are not signed up for this shift.',
  },
  'guardian-not-needed': {
    zh: '已年满18周岁，不需要监护人同意。',
    en: 'From the age of 18 on nobody needs a guardian’s consent.',
  },
  'birth-date-missing': {
    zh: '请先在“我的”中填写出生日期。',
    en: 'The birth date has to be in the profile first.',
  },
  'asked-enough': {
    zh: '今天已经给监护人发过三次短信，请明天再试，或把纸质同意书交给组织者。',
    en: 'Your guardian was texted three times today. Try again tomorrow, or hand the organiser a consent on paper.',
  },
  'undo-over': {
    zh: '已超过 10 分钟，不能再撤销。',
    en: 'More than ten minutes have passed, so this can no longer be undone.',
  },
  'drive-taken': {
    zh: '该站点这一天已与另一个活动合办。',
    en: 'On one of these days the site has another blood drive.',
  },
  'changed-meanwhile': {
    zh: '内容刚刚被别人改过，所以没有保存；请重新读取后再试。',
    en: 'It was changed by someone else meanwhile, so this was not saved; read it again and try again.',
  },
  'on-hold': {
    zh: '这份血液已被留置，不能继续流转；如应放行，请先解除留置。',
    en: 'This donation is on hold, so none of it may go on; if it should, lift the hold first.',
  },
  'on-recall': {
    zh: '这份血液已被召回，不能继续流转。',
    en: 'This donation has been recalled, so none of it may go on.',
  },
  'unit-expired': {
    zh: '这袋血液已过有效期，不能放行或发出；请报废。',
    en: 'This unit has expired: it cannot be released or issued. Discard it.',
  },
  'results-not-clear': {
    zh: '这次献血的检测结果尚未齐全，或不符合放行条件；请先查看检测结果。',
    en: 'The test results of this donation are not all there, or do not allow it; look at its results first.',
  },
  'group-differs': {
    zh: '血型与已有记录不一致，没有登记。请核对试管和结果。',
    en: 'This blood group is not the one on record, so nothing was recorded. Check the tube and the result.',
  },
  'not-master': {
    zh: '本站点的血液流转以血站业务系统为准，请在该系统中操作；这里只显示它报来的状态。',
    en: 'The blood bank’s own system says where this site’s units stand: do this there. What is shown here is what it reports.',
  },
  'own-master': {
    zh: '本站点的血液流转由本系统管理，不接收其他系统的状态。如由血站系统管理，请先在“血液设置”中更改。',
    en: 'This system says where the units of this site stand, and takes no other system’s word. If a blood-bank system does, say so in the settings of units first.',
  },
  'din-taken': { zh: '该献血码已经登记过。', en: 'This donation number has already been recorded.' },
  'pass-of-another': {
    zh: '这个预约码不是这位献血者的，没有登记到站；请核对后再扫。',
    en: 'This is the pass of another booking, so nobody was checked in; look again and scan it again.',
  },
  'document-differs': {
    zh: '证件上的出生日期或性别与档案不一致，没有登记到站；请核对是不是本人。',
    en: 'The document’s birth date or sex is not that of the profile, so nobody was checked in; check that it is theirs.',
  },
  'document-of-another': {
    zh: '该证件已登记在另一份献血者档案下，没有登记到站。',
    en: 'This document is on record for another donor, so nobody was checked in.',
  },
  'same-person': {
    zh: '提出合并的人不能自己核准，请另一位工作人员核准。',
    en: 'Whoever proposed it cannot approve it: another of the staff has to.',
  },
  'has-roles': {
    zh: '其中一份档案有工作人员或管理权限，不能合并；请先由管理员收回权限。',
    en: 'One of the records has a role of its own, so they cannot be joined; an admin has to take it back first.',
  },
  'own-role': {
    zh: '不能给自己授予权限，请由另一位管理员操作。',
    en: 'Nobody gives themselves a role: another admin has to.',
  },
  'roles-apart': {
    zh: '审计员不能兼任其他角色；请先收回原有权限。',
    en: 'An auditor has no other role: take the one back before giving the other.',
  },
  'last-admin': {
    zh: '这是最后一位管理员，不能收回；请先授予另一位。',
    en: 'This is the last admin, who stays: make somebody else one first.',
  },
  'own-request': {
    zh: '须由另一位管理员核准：不能核准自己提出的，也不能核准关于自己的。',
    en: 'Another admin has to approve it: not who asked, and not whom it is about.',
  },
  'own-hours': {
    zh: '须由另一位组织者或管理员审核：不能审核自己提出的，也不能审核自己的时长。',
    en: 'Another organiser or an admin has to decide it: not who asked, and not whose hours they are.',
  },
  'hours-corrected': {
    zh: '这段时长已经审核更正，不能再在签到表上修改。如仍不正确，请在“服务时长”中提出更正。',
    en: 'These hours were corrected since, by two people, so the sheet no longer changes them. If they are still not right, ask for a correction under Hours.',
  },
  'certificate-not-ready': {
    zh: '该组织还没有填写证明的负责人、经办人和联系方式，暂时不能出具证明。请与组织联系。',
    en: 'The organisation has not said yet who answers for its certificates. Please ask it to.',
  },
  'name-missing': {
    zh: '证明上要有姓名：请先在“我的资料”里填写。',
    en: 'A certificate states your name: please add it to your profile first.',
  },
  'own-name-missing': {
    zh: '要告诉监护人是谁在问：请先在“我的资料”里填写姓名。',
    en: 'Your guardian should know who asks: please add your name to your profile first.',
  },
  'nothing-to-certify': {
    zh: '这段时间没有该组织记录的服务时长。',
    en: 'The organisation has recorded no service of yours in that time.',
  },
  'not-now': {
    zh: '其中一位正在献血流程中，或其档案正在合并、注销，请稍后再试。',
    en: 'One of the two is at a desk just now, or is being joined or erased; please try again later.',
  },
  'under-way': {
    zh: '上一次修改还在进行：正在移动并通知已报名的人，请稍候再试。',
    en: 'The last change is still being carried out: people are being moved and told. Please try again in a moment.',
  },
  'places-taken': {
    zh: '已约出的名额更多，不能减到这么少；已有预约保持不变。',
    en: 'More places are taken than that would leave; bookings stay as they are.',
  },
  'nothing-free': {
    zh: '这些时段没有空余名额，不用发起招募。',
    en: 'Nothing is free at these times, so there is nobody to call.',
  },
  'already-calling': {
    zh: '已有一次招募在为其中的时段通知献血者，请先停止它，或等它结束。',
    en: 'Another call for some of these places is under way: stop it first, or wait for its end.',
  },
  'din-invalid': {
    zh: '献血码不正确，请核对校验位后重新扫描或输入。',
    en: 'This donation number is not right: check its check character and scan or type it again.',
  },
  'volume-not-allowed': {
    zh: '该献血量不符合规定。',
    en: 'This volume is not one the rules allow for this procedure.',
  },
  'screening-not-passed': {
    zh: '有体检项目未测或超出范围，不能登记为合格。',
    en: 'Something was not measured, or is outside the rules, so this cannot be recorded as passed.',
  },
  'screening-missing': {
    zh: '还没有登记体检合格，不能登记完成。',
    en: 'No passed screening is recorded, so the donation cannot be completed.',
  },
  'expiry-invalid': {
    zh: '有效期不正确：请扫描标签上的有效期条码，或按 2026-12-24 的格式输入，且不早于采集日。',
    en: 'This expiry is not right: scan it from the label or type it like 2026-12-24, not before the day of the donation.',
  },
  'hospital-record-missing': {
    zh: '登记临床使用须填写医院和医院用血记录号。',
    en: 'Recording a use needs the hospital and its own record number.',
  },
  'idempotency-key-reused': {
    zh: '同一个 Idempotency-Key 已用于另一项内容不同的请求。',
    en: 'This Idempotency-Key was already used with other input.',
  },
  'range-too-long': {
    zh: '日期范围不正确：最多 31 天，且结束不早于开始。',
    en: 'The range of dates must run forward and be at most 31 days.',
  },
  'event-incomplete': {
    zh: '活动信息还不完整或班次时间不正确。',
    en: 'The event is incomplete, or the times of a shift are not right.',
  },
  'consent-missing': {
    zh: '您还没有同意保存健康回答，因此没有保存。',
    en: 'You have not agreed to have health answers kept, so none were.',
  },
  'too-many-declared': {
    zh: '登记的外地献血太多，请告诉血站工作人员。',
    en: 'These are more donations elsewhere than can be declared here; please tell the station.',
  },
  'too-many-waiting': {
    zh: '您等待答复的申请太多，请等组织者答复几条后再提交。',
    en: 'Too many of your requests are waiting for an answer: please ask again once some are decided.',
  },
  'too-many-certificates': {
    zh: '您已开具的证明达到上限，不能再开具；已开具的仍可使用。',
    en: 'You have made as many certificates as there can be. Those you have made can still be used.',
  },
  busy: {
    zh: '现在人太多，请稍候，系统会自动重试。',
    en: 'It is very busy just now; please wait a moment and try again.',
  },
  internal: { zh: '系统出错了，请稍后再试。', en: 'Something went wrong on our side; please try again later.' },
};

const FIELD_SENTENCES: Record<FieldFault, Localized> = {
  missing: { zh: '必填', en: 'is required' },
  'wrong-type': { zh: '类型不正确', en: 'is of the wrong type' },
  'unknown-key': { zh: '不认识的字段', en: 'is not a known field' },
  'too-short': { zh: '太短', en: 'is too short' },
  'too-long': { zh: '太长', en: 'is too long' },
  'too-small': { zh: '太小', en: 'is too small' },
  unchanged: { zh: '与现在的记录相同', en: 'is what is recorded now' },
  'too-big': { zh: '太大', en: 'is too large' },
  'not-allowed': { zh: '不在可选范围内', en: 'is not one of the allowed values' },
  malformed: { zh: '格式不正确', en: 'is not in the right form' },
  mistyped: { zh: '核对位不符，请再看一遍后重新输入', en: 'does not add up: look at it again and retype it' },
  differs: { zh: '与档案不一致', en: 'is not that of the profile' },
  repeated: { zh: '与另一项重复', en: 'is the same as another' },
  'too-early': { zh: '时间太早', en: 'is too early' },
  'too-late': { zh: '时间太晚', en: 'is too late' },
  'no-such-time': {
    zh: '当天没有这个时刻（时钟拨快）',
    en: 'does not exist on that day: the clocks go forward over it',
  },
  'ends-before': { zh: '结束须晚于开始', en: 'must be after the beginning' },
  'has-begun': { zh: '班次已经开始，时间不能再改，也不能删除', en: 'has begun: its time stays, and so does the shift' },
  'no-end': {
    zh: '请写明重复到哪一天，或一共几次；没有尽头的重复不能建立',
    en: 'is needed, or how often: nothing repeats without end',
  },
  'two-ends': { zh: '截止日期和次数只能写一个', en: 'cannot be given beside a last date' },
  'too-many': { zh: '最多重复到一年之内', en: 'must end within a year' },
  'not-last': { zh: '这一天不是当月最后一个同样的星期几', en: 'is not the last such weekday of its month' },
  'too-many-places': {
    zh: '班次和名额太多，请分成几个活动',
    en: 'are too many places for one event; please divide it',
  },
  'no-number': { zh: '不是可以拨打的电话号码', en: 'is not a number that can be called' },
  'team-too-big': {
    zh: '人数太多：一个团队连同您最多 {most} 人',
    en: 'are too many: a team has at most {most}, you counted',
  },
  'own-number': {
    zh: '不能填本人的号码：请填监护人的，或把纸质同意书交给组织者',
    en: 'is your own: give your guardian’s, or hand the organiser a consent on paper',
  },
  'only-free': { zh: '只剩 {free} 个空余名额', en: 'are more than the {free} that are free' },
  'below-taken': { zh: '已约出 {taken} 个，最少为 {taken}', en: 'cannot be fewer than the {taken} that are taken' },
};

export const problemSentence = (code: ProblemCode, language: Language): string => PROBLEM_SENTENCES[code][language];

export const fieldSentence = ({ why, params }: FieldError, language: Language): string =>
  fill(FIELD_SENTENCES[why][language], params);
