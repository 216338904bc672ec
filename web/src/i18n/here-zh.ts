/** What a volunteer reads on the day: of their pass, and of a code that they have scanned, in Chinese. */
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
  passText: '到场给组织者扫。没有网络也能打开。',
  passHint: '请出示这一页，签到签退各扫一次。凭证码和二维码里没有您的姓名和手机号。',
  passEnded: '这次报名已结束或不再有效。',
  mine: '看我的预约',
};
export type HereTexts = typeof hereZh;
