import { visitZh } from './visit-zh.ts';

/** What a volunteer reads on the day: of a code that they have scanned; and what anybody reads of a pass, in Chinese. */
export const hereZh = {
  title: '志愿者签到',
  what: '活动',
  ready: '请确认是这个班次',
  checkIn: '我到了，签到',
  checkOut: '我要走了，签退',
  came: '您 {{time}} 已签到',
  thanks: '活动结束时请再扫一次码签退。忘了也没关系，组织者可以更正。',
  left: '已签退，计 {{hours}} 小时 {{minutes}} 分',
  leftText: '时长按班次时间计，已记在您名下。辛苦了！',
  notMine: '您没有报名这个班次',
  notMineText: '还有空位、符合条件的，可以当场报名并签到。',
  join: '现场报名并签到',
  signIn: '登录后签到',
  signInText: '不用着急：登录用的时间不算，按您刚才扫码的时间签到。请在 10 分钟内完成。',
  over: '请再扫一次现场显示的二维码',
  overText: '二维码每 30 秒换新，照片和转发的不能用。手机不方便的，请组织者点名签到。',
  nextShift: {
    insures: '主办方为志愿者投保，需要您的证件号码。',
    insuresGo: '填写或查看',
    time: '请提前 10 分钟到集合地点，找活动负责人签到。',
    wear: '穿方便活动的衣服和鞋，自带水杯。',
    cannot: '来不了请尽早取消，让别人补上。',
  },
  visit: visitZh,
  pass: {
    checking: '正在核对预约有没有改动…',
    offline: '现在连不上网络。这是 {{when}} 保存在本机的凭证；如果之后改过时间，以短信为准。',
    none: '本机没有保存凭证，连上网络再打开一次即可。',
    nothing: '您现在没有预约。约好以后，献血登记、志愿签到都出示它。',
    also: '也用于',
    pictureNote: '献血登记、志愿签到签退都用它；献血请带本人身份证件原件',
    qr: '二维码，内容是凭证码 {{code}}',
    hint: '献血登记、志愿签到签退，都出示这一个码；献血还要出示身份证件原件。码只用来查找您的预约，里面没有姓名和手机号，请不要转发给别人。',
    press: '长按图片，保存到手机相册或发给自己。',
    picture: '我的凭证，凭证码 {{code}}',
    text: '到站给工作人员看。没有网络也能打开。',
  },
  passOfShift: {
    text: '到场给组织者扫。没有网络也能打开。',
  },
  mine: '看我的预约',
};
export type HereTexts = typeof hereZh;
