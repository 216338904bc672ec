// @ts-check
/** The phone page: picks a number and shows its texts as they arrive. Plain JavaScript, served as it stands. */

const WORDS = {
  zh: {
    title: '手机',
    lead: '演示环境里，每个号码收到的短信都会显示在这里，包括登录验证码；工作人员登录时要的身份验证器 6 位数字，显示在号码下方。',
    number: '手机号码',
    open: '打开',
    people: '演示人物和最近的号码',
    back: '返回',
    texts: '短信，最新的在最上面',
    none: '还没有短信',
    nobody: '选择一个号码',
    fault: '请输入正确的手机号码。',
    local: '这个页面只在本机演示环境中存在。',
    other: 'English',
    heading: '手机 · 暖流 Nuanliu',
    /** @param {string} birthDate @param {string} lastFour */
    asked: (birthDate, lastFour) => `新浏览器会问：出生日期 ${birthDate}，证件后四位 ${lastFour}`,
    authenticator: '身份验证器',
    /** @param {number} n */
    left: (n) => `${n} 秒后更换`,
    /** @param {number} n */
    aside: (n) => `有 ${n} 条内容多次发送失败，已搁置，请查看日志。`,
  },
  en: {
    title: 'Phone',
    lead: 'In this demonstration every text is delivered here, whoever it is for: sign-in codes too. The six digits of an authenticator, which those who work here are asked for, stand under their number.',
    number: 'Mobile number',
    open: 'Open',
    people: 'People of the city, and recent numbers',
    back: 'Back',
    texts: 'Texts, newest first',
    none: 'No texts yet',
    nobody: 'Pick a number',
    fault: 'That is not a mobile number.',
    local: 'This page exists only in the demonstration on this machine.',
    other: '中文',
    heading: 'Phone · 暖流 Nuanliu',
    /** @param {string} birthDate @param {string} lastFour */
    asked: (birthDate, lastFour) => `A new browser asks: born ${birthDate}, last four ${lastFour}`,
    authenticator: 'Authenticator',
    /** @param {number} n */
    left: (n) => `changes in ${n} s`,
    /** @param {number} n */
    aside: (n) => `${n} ${n === 1 ? 'item was' : 'items were'} put aside after failing several times; see the log.`,
  },
};

/** @typedef {{ id: number, number: string, body: string, at: string }} Text */
/** @typedef {{ phone: string, name: string, note: { zh: string, en: string }, secondFact?: { birthDate: string, lastFour: string } }} Person */
/** @typedef {{ people: Person[], numbers: { number: string, count: number }[], putAside: { messages: number, changes: number } }} Numbers */

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const input = /** @type {HTMLInputElement} */ (byId('number'));

/** @type {'zh' | 'en'} */
let language = pickLanguage();
/** @type {Numbers} */
let known = { people: [], numbers: [], putAside: { messages: 0, changes: 0 } };
/** @type {string | undefined} */
let number = new URLSearchParams(location.search).get('number') ?? undefined;
/** @type {Text[]} */
let texts = [];
let newest = 0;

function pickLanguage() {
  const stored = localStorage.getItem('nuanliu.phone.language');
  if (stored === 'zh' || stored === 'en') return stored;
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh';
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} [text]
 */
function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** @param {string} e164 */
const spaced = (e164) => e164.replace(/^\+86(\d{3})(\d{4})(\d{4})$/, '+86 $1 $2 $3');

/** @param {string} e164 */
const nameOf = (e164) => known.people.find(({ phone }) => phone === e164)?.name;

function showWords() {
  const words = WORDS[language];
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = words.heading;
  for (const node of document.querySelectorAll('[data-word]')) {
    node.textContent = String(words[/** @type {keyof typeof words} */ (node.getAttribute('data-word'))]);
  }
  for (const node of document.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', String(words[/** @type {keyof typeof words} */ (node.getAttribute('data-label'))]));
  }
  byId('language').textContent = words.other;
  byId('language').lang = language === 'zh' ? 'en' : 'zh-CN';
}

function showPeople() {
  const counts = new Map(known.numbers.map((entry) => [entry.number, entry.count]));
  const others = known.numbers.filter((entry) => !nameOf(entry.number)).map((entry) => entry.number);
  const list = [...known.people.map(({ phone }) => phone), ...others];
  byId('people').replaceChildren(
    ...list.map((phone) => {
      const item = document.createElement('li');
      const button = element('button', '');
      button.setAttribute('type', 'button');
      button.dataset['number'] = phone;
      button.setAttribute('aria-current', String(phone === number));
      button.append(element('span', 'name', nameOf(phone) ?? spaced(phone)));
      if (nameOf(phone)) button.append(element('span', 'tel', spaced(phone)));
      const person = known.people.find((it) => it.phone === phone);
      if (person?.note) button.append(element('span', 'note', person.note[language]));
      const fact = person?.secondFact;
      if (fact) button.append(element('span', 'note', WORDS[language].asked(fact.birthDate, fact.lastFour)));
      const count = counts.get(phone);
      if (count) button.append(element('span', 'count', String(count)));
      item.append(button);
      return item;
    }),
  );
  const aside = known.putAside.messages + known.putAside.changes;
  byId('put-aside').textContent = aside > 0 ? WORDS[language].aside(aside) : '';
}

/** Links become links and codes stand out; everything else is text. @param {string} body */
function bubble(body) {
  const made = element('div', 'bubble');
  for (const part of body.split(/(https?:\/\/[^\s，。；！？、）】]+|\b\d{6}\b)/)) {
    if (/^https?:/.test(part)) {
      const link = /** @type {HTMLAnchorElement} */ (element('a', '', part));
      link.href = part;
      link.target = '_blank';
      link.rel = 'noopener';
      made.append(link);
    } else if (/^\d{6}$/.test(part)) made.append(element('span', 'code', part));
    else made.append(part);
  }
  return made;
}

function showOwner() {
  byId('owner').textContent = number ? (nameOf(number) ?? spaced(number)) : WORDS[language].nobody;
  byId('owner-number').textContent = number && nameOf(number) ? spaced(number) : '';
}

function showTexts() {
  const words = WORDS[language];
  document.querySelector('.frame')?.classList.toggle('open', number !== undefined);
  showOwner();
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  /** @type {Node[]} */
  const nodes = [];
  let day = '';
  for (const text of texts) {
    const at = new Date(text.at);
    const date = at.toLocaleDateString(locale, { month: 'long', day: 'numeric', weekday: 'short' });
    if (date !== day) nodes.push(element('div', 'day', date));
    day = date;
    const box = element('div', text.id > newest && newest > 0 ? 'text new' : 'text');
    const time = element('div', 'at', at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }));
    box.append(bubble(text.body), time);
    nodes.push(box);
  }
  if (number && texts.length === 0) nodes.push(element('p', 'empty', words.none));
  byId('texts').replaceChildren(...nodes);
}

async function loadPeople() {
  known = await (await fetch('/phone/numbers')).json();
  showPeople();
  showOwner();
}

async function loadTexts() {
  const wanted = number;
  if (!wanted) return;
  const answer = await fetch(`/phone/messages?number=${encodeURIComponent(wanted)}`);
  if (number !== wanted) return;
  texts = answer.ok ? (await answer.json()).messages : [];
  showTexts();
  newest = Math.max(1, ...texts.map(({ id }) => id));
}

/** What the authenticator on this phone shows, for those who work here. */
async function loadCodes() {
  const wanted = number;
  /** @type {{ name: string, code: string, seconds: number }[]} */
  let items = [];
  if (wanted) {
    const answer = await fetch(`/phone/authenticator?number=${encodeURIComponent(wanted)}`).catch(() => undefined);
    if (!answer?.ok) return;
    items = (await answer.json()).items;
  }
  if (number !== wanted) return;
  const words = WORDS[language];
  byId('codes').replaceChildren(
    ...items.map(({ name, code, seconds }) => {
      const made = element('div', 'authenticator');
      made.append(element('span', 'at', `${words.authenticator} · ${name}`));
      made.append(
        element('span', 'code', `${code.slice(0, 3)} ${code.slice(3)}`),
        element('span', 'at', words.left(seconds)),
      );
      return made;
    }),
  );
}
setInterval(() => void (document.visibilityState === 'visible' && loadCodes()), 1_000);

/** @param {string | undefined} next @param {boolean} [keepAddress] */
async function open(next, keepAddress) {
  number = next;
  texts = [];
  newest = 0;
  const address = next ? `/phone?number=${encodeURIComponent(next)}` : '/phone';
  if (!keepAddress) history.pushState(null, '', address);
  showPeople();
  showTexts();
  await Promise.all([loadTexts(), loadCodes()]);
}

byId('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem('nuanliu.phone.language', language);
  showWords();
  showPeople();
  showTexts();
});
byId('people').addEventListener('click', (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest('button');
  if (button?.dataset['number']) void open(button.dataset['number']);
});
byId('open').addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = await fetch(`/phone/messages?number=${encodeURIComponent(input.value)}`);
  const fault = byId('number-fault');
  fault.hidden = answer.ok;
  fault.textContent = answer.ok ? '' : WORDS[language].fault;
  input.setAttribute('aria-invalid', String(!answer.ok));
  if (answer.ok) await open((await answer.json()).number);
});
byId('back').addEventListener('click', () => void open(undefined));
window.addEventListener('popstate', () => {
  void open(new URLSearchParams(location.search).get('number') ?? undefined, true);
});

function tick() {
  byId('clock').textContent = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
tick();
setInterval(tick, 10_000);

const events = new EventSource('/phone/events');
events.addEventListener('message', (event) => {
  void loadPeople();
  if (JSON.parse(event.data).number === number) void loadTexts();
});
// Also after the server was away: whatever came meanwhile is fetched.
events.addEventListener('open', () => {
  void loadPeople();
  void loadTexts();
});

// It scrolls, so the keyboard must reach it.
byId('texts').tabIndex = 0;
showWords();
showTexts();
void loadCodes();
