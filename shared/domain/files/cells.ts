import { type DinScheme, parseDin } from '../din.ts';
import { type IdentityDocument, parseDocument } from '../identity-document.ts';
import { type BloodGroup, readGroup } from '../laboratory.ts';
import { phoneTyped } from '../phone.ts';
import type {
  Component,
  DocumentType,
  LocalDate,
  Procedure,
  RhdType,
  Sex,
  TestResult,
  UnitStage,
} from '../vocabulary.ts';

/** Why a cell cannot be taken. What Excel has damaged is refused and never guessed: the right value is in the source alone. */
export type CellFault =
  | 'missing'
  | 'malformed'
  /** Turned into a number with an exponent, or into one with more digits than it can hold. */
  | 'damaged'
  | 'check-character'
  | 'no-check-character'
  | 'facility'
  | 'length'
  | 'ambiguous-date'
  | 'no-such-date'
  | 'out-of-range'
  | 'unknown-word';

export type Cell<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: CellFault };

const ok = <T>(value: T): Cell<T> => ({ ok: true, value });
const bad = (why: CellFault): { readonly ok: false; readonly why: CellFault } => ({ ok: false, why });

/** As Excel writes a text that it should leave alone: `="00123"` or `'00123`. What stands in it is taken; nothing is worked out. */
const AS_TEXT = /^="([^"]*)"$/;

/** A cell without what nobody sees: full width becomes half, spaces and marks at the ends go. */
export const tidy = (cell: string): string => {
  const plain = cell
    .normalize('NFKC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return (AS_TEXT.exec(plain)?.[1] ?? plain.replace(/^['‘’]/, '')).trim();
};

/** `1.23457E+12`: what is left of a long number that was shown or kept as one. */
const EXPONENT = /^[+-]?\d(?:\.\d+)?e\+?\d{1,3}$/i;
/** Excel keeps fifteen digits; a sixteenth is always a 0 that it has made up. */
const MOST_DIGITS = 15;
/** `12.0`: a whole number as some programs write it; nothing is lost. */
const WHOLE = /^(\d+)\.0+$/;

export const isDamaged = (text: string): boolean => EXPONENT.test(text);

/** A line of words of at most `max` characters. */
export function readLine(cell: string, max: number): Cell<string> {
  const text = tidy(cell);
  if (text === '') return bad('missing');
  return text.length > max ? bad('out-of-range') : ok(text);
}

/** A number by which the station knows something: kept as it stands. */
export function readNumber(cell: string): Cell<string> {
  const text = tidy(cell).replaceAll(' ', '');
  if (text === '') return bad('missing');
  if (isDamaged(text)) return bad('damaged');
  const plain = (WHOLE.exec(text)?.[1] ?? text).toUpperCase();
  return /^[\p{L}\p{N}-]{1,32}$/u.test(plain) ? ok(plain) : bad('malformed');
}

export type DinRule = {
  readonly scheme: DinScheme;
  /** The file comes of a system that writes the 13 characters alone, without the check character. */
  readonly bare: boolean;
  /** How many characters the station's own numbers have, where it uses its own: a shorter one has lost some. */
  readonly length?: number | undefined;
};

const BARE = /^[A-NP-Z1-9][A-NP-Z0-9]{2}\d{10}$/;

/** A donation number as a file has it. */
export function readDin(cell: string, { scheme, bare, length }: DinRule): Cell<string> {
  const text = tidy(cell).replaceAll(/[\s-]/g, '').toUpperCase();
  if (text === '') return bad('missing');
  if (isDamaged(text)) return bad('damaged');
  if (scheme === 'opaque') {
    const plain = WHOLE.exec(text)?.[1] ?? text;
    if (length !== undefined && plain.length !== length) return bad('length');
    const parsed = parseDin(plain, scheme);
    return parsed.ok ? ok(parsed.din) : bad('malformed');
  }
  if (BARE.test(text)) return bare ? ok(text) : bad('no-check-character');
  const parsed = parseDin(text, scheme);
  return parsed.ok ? ok(parsed.din) : bad(parsed.why);
}

/** A phone number as E.164, Chinese where it has no country. */
export function readPhone(cell: string): Cell<string> {
  const text = tidy(cell);
  if (text === '') return bad('missing');
  if (isDamaged(text.replaceAll(' ', ''))) return bad('damaged');
  const phone = phoneTyped(WHOLE.exec(text)?.[1] ?? text, '+86');
  return phone ? ok(phone) : bad('malformed');
}

/** The last four of an identity number. Zeros that a number cannot begin with are put back: there are always four. */
export function readLastFour(cell: string): Cell<string> {
  const text = tidy(cell).replaceAll(' ', '').toUpperCase();
  if (text === '') return bad('missing');
  if (text === DAMAGED_IDENTITY || isDamaged(text)) return bad('damaged');
  const plain = WHOLE.exec(text)?.[1] ?? text;
  if (/^\d{1,3}$/.test(plain)) return ok(plain.padStart(4, '0'));
  return /^[0-9A-Z]{4}$/.test(plain) ? ok(plain) : bad('malformed');
}

/** Stands in a file for an identity number that was damaged before it came to us. */
export const DAMAGED_IDENTITY = '!';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';

/**
 * The last four of a whole identity number, which is then forgotten; DAMAGED_IDENTITY for one that cannot be right: a Chinese
 * resident's with a wrong check character, as Excel leaves behind when it rounds the last digits to 0. Empty stays empty.
 */
export function lastFourOf(identity: string): string {
  const text = tidy(identity).replaceAll(/[\s-]/g, '').toUpperCase();
  if (text === '') return '';
  if (/^\d{17}[\dX]$/.test(text)) {
    const sum = WEIGHTS.reduce((total, weight, n) => total + weight * Number(text[n]), 0);
    return text[17] === CHECKS[sum % CHECKS.length] ? text.slice(-4) : DAMAGED_IDENTITY;
  }
  // A number of so many digits that is no resident's was one and is not any more.
  if (isDamaged(text) || /^\d{16,}$/.test(text) || !/^[0-9A-Z]{6,20}$/.test(text)) return DAMAGED_IDENTITY;
  return text.slice(-4);
}

const DOCUMENT_WORDS: readonly (readonly [RegExp, DocumentType])[] = [
  [/^(?:(?:居民|二代|第二代)?身份证|resident|idcard|identitycard)$/, 'resident'],
  [/护照|passport/, 'passport'],
  [/港澳|hkmacao/, 'hk-macao'],
  [/台湾|台胞|taiwan/, 'taiwan'],
  [/外国人|永久居留|foreigner/, 'foreigner'],
  [/军官|士兵|军人|警官|military/, 'military'],
];

/** A whole identity number: the document, where it is known of which kind it is, and its last four in any case. */
export type IdentitySaid = { readonly document?: IdentityDocument; readonly lastFour: string };

/**
 * A whole identity number. Without a word for its kind only a resident's is known by its shape, and no other is guessed: of one that
 * could be anything, the last four are taken.
 */
export function readIdentity(cell: string, typeCell: string, today: LocalDate): Cell<IdentitySaid> {
  const lastFour = lastFourOf(cell);
  if (lastFour === '') return bad('missing');
  if (lastFour === DAMAGED_IDENTITY) return bad('damaged');
  const word = tidy(typeCell)
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '');
  const number = tidy(cell).replaceAll(/[\s-]/g, '').toUpperCase();
  const type = word === '' ? undefined : DOCUMENT_WORDS.find(([pattern]) => pattern.test(word))?.[1];
  if (word !== '' && !type) return bad('unknown-word');
  const known = type ?? (/^\d{17}[\dX]$/.test(number) ? 'resident' : undefined);
  if (!known) return ok({ lastFour });
  const parsed = parseDocument(known, number, today);
  if (!parsed.ok) return bad(parsed.why === 'mistyped' ? 'damaged' : 'malformed');
  return ok({ document: parsed.document, lastFour });
}

const CHINESE_DIGITS = '〇一二三四五六七八九';
/** `二〇二六年三月十一日` with figures. */
function withFigures(text: string): string {
  const plain = text.replaceAll(/[零○]/g, '〇');
  return plain.replaceAll(/[〇一二三四五六七八九十]+/g, (run) => {
    if (!run.includes('十')) return [...run].map((digit) => CHINESE_DIGITS.indexOf(digit)).join('');
    const [tens = '', ones = ''] = run.split('十');
    return String((tens ? CHINESE_DIGITS.indexOf(tens) : 1) * 10 + (ones ? CHINESE_DIGITS.indexOf(ones) : 0));
  });
}

const YMD = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:$|[ t日])/;
const TIGHT = /^(\d{4})(\d{2})(\d{2})(?:\d{6})?$/;
const EITHER = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:$| )/;
const SERIAL = /^\d{4,5}(?:\.\d+)?$/;
const DAY_MS = 86_400_000;

/** A date in any of the ways tables have it. Where day and month could be either, it is refused. */
export function readDate(cell: string, epoch: 1900 | 1904): Cell<LocalDate> {
  const text = withFigures(tidy(cell)).toLowerCase();
  if (text === '') return bad('missing');
  if (/^#+$/.test(text) || isDamaged(text)) return bad('damaged');
  const ymd = YMD.exec(text) ?? TIGHT.exec(text);
  if (ymd) return calendar(Number(ymd[1]), Number(ymd[2]), Number(ymd[3]));
  const either = EITHER.exec(text);
  if (either) {
    const [a, b, year] = [Number(either[1]), Number(either[2]), Number(either[3])];
    if (a > 12) return calendar(year, b, a);
    if (b > 12 || a === b) return calendar(year, a, b);
    return bad('ambiguous-date');
  }
  if (SERIAL.test(text)) return serialDate(Number(text), epoch);
  return bad('malformed');
}

/** A date, with the time of day where there is one: `14:30:05`. */
export type Moment = { readonly date: LocalDate; readonly time?: string };

const CLOCK = /^(上午|下午)?(\d{1,2})[:时点](\d{1,2})?(?:[:分](\d{1,2}))?[分秒]?(?:\.\d+)?(am|pm)?$/;
const TIGHT_CLOCK = /^\d{8}(\d{2})(\d{2})(\d{2})$/;
const DAY_SECONDS = 86_400;

/** A moment in any of the ways tables have it. One with a zone of its own is refused: the others of its kind are local. */
export function readMoment(cell: string, epoch: 1900 | 1904): Cell<Moment> {
  const date = readDate(cell, epoch);
  if (!date.ok) return date;
  const text = withFigures(tidy(cell)).toLowerCase();
  const at = (time: string | undefined): Cell<Moment> => ok({ date: date.value, ...(time && { time }) });
  if (SERIAL.test(text)) return serialMoment(Number(text), epoch);
  const tight = TIGHT_CLOCK.exec(text);
  const rest = tight ? tight.slice(1).join(':') : text.replace(/^[^ t日]+[ t日]?/, '').replaceAll(' ', '');
  if (rest === '') return at(undefined);
  const found = CLOCK.exec(rest);
  if (!found) return bad('malformed');
  const [, before, hour, minute = '0', second = '0', after] = found;
  const half = before ?? after;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === '下午' || half === 'pm' ? 12 : 0);
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return bad('out-of-range');
  return at(clockOf((hours * 60 + Number(minute)) * 60 + Number(second)));
}

/** The moment of a serial number, to the second; a whole one is a day. */
export function serialMoment(serial: number, epoch: 1900 | 1904): Cell<Moment> {
  const date = serialDate(serial, epoch);
  if (!date.ok) return date;
  // Half a second before midnight is that day's last, and not the next day's first.
  const seconds = Math.min(Math.round((serial % 1) * DAY_SECONDS), DAY_SECONDS - 1);
  return ok({ date: date.value, ...(seconds > 0 && { time: clockOf(seconds) }) });
}

const clockOf = (seconds: number): string =>
  [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');

/** The date of a serial number as spreadsheets count days: Excel's own from 1900, with a 29 February that never was, or from 1904. */
export function serialDate(serial: number, epoch: 1900 | 1904): Cell<LocalDate> {
  const days = Math.floor(serial);
  // Before March 1900 the two counts of 1900 differ; no date of ours is there.
  if (days < 61 || days > 109_574) return bad('out-of-range');
  const zero = epoch === 1900 ? Date.UTC(1899, 11, 30) : Date.UTC(1904, 0, 1);
  return ok(new Date(zero + days * DAY_MS).toISOString().slice(0, 10));
}

function calendar(year: number, month: number, day: number): Cell<LocalDate> {
  const at = new Date(Date.UTC(year, month - 1, day));
  const isThere = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  if (!isThere) return bad('no-such-date');
  if (year < 1900 || year > 2199) return bad('out-of-range');
  return ok(at.toISOString().slice(0, 10));
}

export function readSex(cell: string): Cell<Sex> {
  const text = tidy(cell).toLowerCase();
  if (text === '') return bad('missing');
  if (/^(女|女性|f|female|2)$/.test(text)) return ok('female');
  if (/^(男|男性|m|male|1)$/.test(text)) return ok('male');
  return bad('unknown-word');
}

/** As tables say that a group is not known. */
const NOT_KNOWN = /^(?:|未知|不详|未检|未测|待检|待查|未定|无|-+|—+|\/|unknown|notknown|nottested|n\/?a|none)$/;
const RHD = /^(?:rh)?\(?d?\)?(\+|-|阳性?|阴性?|pos(?:itive)?|neg(?:ative)?)$/;

const plainGroup = (cell: string): string =>
  tidy(cell)
    .toLowerCase()
    .replaceAll(/[\s,、;:·]/g, '')
    .replaceAll('−', '-')
    .replaceAll(/\((\+|-|阳性?|阴性?)\)/g, '$1');

/**
 * A group, in one cell or in one for each of its halves; undefined where the table says that it is not known. Half a group, or a
 * weak D, is refused: neither is made up.
 */
export function readBloodGroup(
  cell: string,
  rhdCell: string,
):
  | { readonly ok: true; readonly value: BloodGroup | undefined }
  | (ReturnType<typeof bad> & { field: 'group' | 'rhd' }) {
  const [said, saidRhd] = [plainGroup(cell), plainGroup(rhdCell)];
  const sign = RHD.exec(saidRhd)?.[1];
  const rhd: RhdType | undefined =
    sign === undefined ? undefined : /^(?:\+|阳|pos)/.test(sign) ? 'positive' : 'negative';
  if (NOT_KNOWN.test(said)) {
    return NOT_KNOWN.test(saidRhd) ? { ok: true, value: undefined } : { ...bad('missing'), field: 'group' };
  }
  const isNoRhd = rhd === undefined && NOT_KNOWN.test(saidRhd);
  if (!isNoRhd && !rhd) return { ...bad('unknown-word'), field: 'rhd' };
  const whole = readGroup(said);
  if (whole) return rhd && rhd !== whole.rhd ? { ...bad('malformed'), field: 'rhd' } : { ok: true, value: whole };
  const abo = /^(?:abo)?(ab|[abo])型?$/.exec(said)?.[1];
  if (!abo) return { ...bad('unknown-word'), field: 'group' };
  if (!rhd) return { ...bad('missing'), field: 'rhd' };
  return { ok: true, value: { abo: abo.toUpperCase() as BloodGroup['abo'], rhd } };
}

export function readProcedure(cell: string): Cell<Procedure> {
  const text = tidy(cell).toLowerCase();
  if (text === '') return bad('missing');
  if (/血小板|platelet|apheresis/.test(text)) return ok('platelets');
  if (/^全血|whole ?blood/.test(text)) return ok('whole-blood');
  return bad('unknown-word');
}

/** Millilitres. */
export function readVolume(cell: string): Cell<number> {
  const text = tidy(cell).replaceAll(' ', '').toLowerCase();
  if (text === '') return bad('missing');
  const found = /^(\d{2,4})(?:\.0+)?(?:ml|毫升)?$/.exec(text);
  if (!found) return bad('malformed');
  const volume = Number(found[1]);
  return volume >= 50 && volume <= 1_000 ? ok(volume) : bad('out-of-range');
}

/** Therapeutic units of platelets. */
export function readPlatelets(cell: string): Cell<1 | 2> {
  const text = withFigures(tidy(cell)).replaceAll('两', '2').replaceAll('双', '2').replaceAll('单', '1');
  if (text === '') return bad('missing');
  const found = /^([12])(?:\.0+)?(?:个|份|u)?(?:治疗量|治疗单位|单位)?$/i.exec(text.replaceAll(' ', ''));
  return found ? ok(Number(found[1]) as 1 | 2) : bad('malformed');
}

export function readYesNo(cell: string): Cell<boolean> {
  const text = tidy(cell).toLowerCase();
  if (/^(|无|否|没有|正常|no|n|false|0|none)$/.test(text)) return ok(false);
  if (/^(有|是|yes|y|true|1|轻度|中度|重度|轻|中|重)$/.test(text)) return ok(true);
  return bad('unknown-word');
}

/** Until when somebody is deferred; for ever, where it says so. */
export function readUntil(cell: string, epoch: 1900 | 1904): Cell<LocalDate | 'permanent'> {
  const text = tidy(cell).toLowerCase();
  if (/^(永久|永久屏蔽|永久暂缓|永久延期|终身|permanent|permanently|indefinite)$/.test(text)) return ok('permanent');
  return readDate(cell, epoch);
}

const COMPONENT_WORDS: readonly (readonly [RegExp, Component])[] = [
  [/全血|whole ?blood/, 'whole-blood'],
  [/红细胞|red ?(?:blood )?cell|rbc|prbc/, 'red-cells'],
  // Before cryoprecipitate: 去冷沉淀血浆 is plasma.
  [/血浆|plasma|ffp/, 'plasma'],
  [/血小板|platelet|plt/, 'platelets'],
  [/冷沉淀|cryo/, 'cryoprecipitate'],
];
const MOST_COMPONENTS = 8;

/** The components that a cell names, in words or by the product codes of the site's labels: `悬浮红细胞2U、血浆200ml`. */
export function readComponents(
  cell: string,
  products: Readonly<Record<string, Component>> = {},
): Cell<readonly Component[]> {
  const words = tidy(cell)
    .toLowerCase()
    .split(/[、,;+/|]|\band\b|&/)
    .map((word) => word.trim())
    .filter(Boolean);
  if (words.length === 0) return bad('missing');
  if (words.length > MOST_COMPONENTS) return bad('out-of-range');
  const codes = new Map(Object.entries(products).map(([code, component]) => [code.toLowerCase(), component]));
  const found = words.map((word) => codes.get(word) ?? COMPONENT_WORDS.find(([pattern]) => pattern.test(word))?.[1]);
  if (found.some((component) => component === undefined)) return bad('unknown-word');
  // Which of two bags alike was used, such a row does not say.
  if (new Set(found).size < found.length) return bad('malformed');
  return ok(found as Component[]);
}

/** What a blood bank's system says of a unit: where it is, and its word for it where that says more than the stage. */
export type StageSaid = { readonly stage: UnitStage; readonly note?: string };

const STAGE_WORDS: readonly (readonly [RegExp, UnitStage])[] = [
  [/^(?:已?采集|采血|collected)$/, 'collected'],
  [/^(?:已?检[验测](?:合格|完成)?|(?:检[验测])合格|tested)$/, 'tested'],
  [/^(?:已?隔离|待检|待检隔离|隔离待检|已?封存|已?锁定|quarantined?)$/, 'quarantined'],
  [/^(?:已?制备|已?分离|成分制备|processed)$/, 'processed'],
  [/^(?:合格|已?放行|合格放行|released?)$/, 'released'],
  [/^(?:已?入库|在库|库存|已?储存|合格入库|成品入库|stored|instock|instorage)$/, 'stored'],
  [/^(?:已?出库|已?发血|已?发出|已?发放|发往医院|issued?|dispatched|distributed)$/, 'issued'],
  [/^(?:已?使用|已用|已?输注|已?输血|临床使用|已?用血|used|transfused)$/, 'used'],
  [/^(?:已?报废|已?销毁|已?废弃|不合格报废|报废出库|discarded|destroyed|disposed|scrapped)$/, 'discarded'],
];
/** Two words that are no stage of their own: what came back is in stock again, and what has run out is out. */
const NOTED_WORDS: readonly (readonly [RegExp, UnitStage])[] = [
  [/^(?:已?退回|退血|退库|医院退回|returned?)$/, 'stored'],
  [/^(?:已?过期|过期报废|已?失效|expired|outdated)$/, 'discarded'],
];

/** What a cell says of one test: how it went, or its figure; undefined where it says that it was not done. */
export function readResultCell(
  test: { readonly max?: number | undefined },
  cell: string,
): Cell<{ readonly result: TestResult } | { readonly value: number } | undefined> {
  const text = tidy(cell).toLowerCase().replaceAll(/\s/g, '').replaceAll('−', '-');
  if (test.max === undefined ? text !== '-' && NOT_KNOWN.test(text) : NOT_KNOWN.test(text)) return ok(undefined);
  if (isDamaged(text)) return bad('damaged');
  if (test.max !== undefined) {
    const figure = /^(\d{1,4}(?:\.\d{1,2})?)(?:u\/l|iu\/l)?$/.exec(text)?.[1];
    return figure === undefined ? bad('malformed') : ok({ value: Number(figure) });
  }
  const result = RESULT_WORDS.find(([pattern]) => pattern.test(text))?.[1];
  return result ? ok({ result }) : bad('unknown-word');
}

const RESULT_WORDS: readonly (readonly [RegExp, TestResult])[] = [
  [/^(?:阴性?(?:\(-\))?|\(?-\)?|无反应性?|非反应性|合格|nr|n|neg(?:ative)?|non-?reactive)$/, 'non-reactive'],
  [/^(?:阳性?(?:\(\+\))?|\(?\+\)?|有?反应性|不合格|r|p|pos(?:itive)?|reactive)$/, 'reactive'],
  [/^(?:无效|灰区|可疑|不确定|\?|invalid|indeterminate|equivocal|gr[ae]yzone)$/, 'invalid'],
];

export function readStage(cell: string): Cell<StageSaid> {
  const said = tidy(cell);
  const word = said.toLowerCase().replaceAll(/[\s_-]/g, '');
  if (word === '') return bad('missing');
  const is = ([pattern]: readonly [RegExp, UnitStage]): boolean => pattern.test(word);
  const stage = STAGE_WORDS.find(is)?.[1];
  if (stage) return ok({ stage });
  const noted = NOTED_WORDS.find(is)?.[1];
  return noted ? ok({ stage: noted, note: said }) : bad('unknown-word');
}

/**
 * Which of several bags alike: `01`, `2`, or as ISBT 128 divides them, `A0`, `B0`; `00` is one that was not divided. A part of a
 * part is not told apart here, and refused.
 */
export function readNth(cell: string): Cell<number> {
  const text = tidy(cell).replaceAll(' ', '').toUpperCase();
  if (text === '') return bad('missing');
  const plain = WHOLE.exec(text)?.[1] ?? text;
  if (/^\d{1,2}$/.test(plain)) return ok(Math.max(1, Number(plain)));
  return /^[A-Z]0?$/.test(plain) ? ok(plain.charCodeAt(0) - 64) : bad('malformed');
}

/** A number of a spreadsheet as text; one that has more digits than it can hold is given back with its exponent, as damaged. */
export function numberAsText(value: number): string {
  if (!Number.isInteger(value)) return String(value);
  const digits = Math.abs(value) >= 1e21 ? 22 : String(Math.abs(value)).length;
  return digits > MOST_DIGITS ? value.toExponential(5).replace('e', 'E') : String(value);
}
