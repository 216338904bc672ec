import { DONATION_TESTS } from '../vocabulary.ts';
import { readBloodGroup } from './cells.ts';

/**
 * What a file of the station's is about. The first three are loaded before opening, in this order; `usage` comes from hospitals, and
 * `results` and `stages` from the blood bank's own system, where that is master of the units.
 */
export const FILE_KINDS = ['donors', 'donations', 'deferrals', 'usage', 'results', 'stages'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export const FILE_FIELDS = [
  'donorNo',
  'name',
  'phone',
  'birthDate',
  'sex',
  'lastFour',
  'identity',
  'documentType',
  'group',
  'rhd',
  'site',
  'din',
  'date',
  'procedure',
  'volume',
  'platelets',
  'reaction',
  'until',
  'component',
  'bag',
  'hospital',
  'record',
  'stage',
  'at',
  'location',
  'expires',
  ...DONATION_TESTS,
] as const;
export type FileField = (typeof FILE_FIELDS)[number];

const WHO = ['donorNo', 'name', 'phone', 'birthDate', 'sex', 'lastFour'] as const;

/** Whether identity numbers are taken whole: of who the donors are. Elsewhere their last four do. */
export const takesWholeNumbers = (kind: FileKind): boolean => kind === 'donors';

/** The field that a column becomes; none where it is left out. */
export function fieldTaken(kind: FileKind, meaning: ColumnMeaning): FileField | undefined {
  if (meaning === 'none' || meaning === 'patient') return undefined;
  return meaning === 'identity' && !takesWholeNumbers(kind) ? 'lastFour' : meaning;
}

/** Whether a kind of file is about bags of blood or their tubes, and about no person. */
export const isOfUnits = (kind: FileKind): kind is 'usage' | 'results' | 'stages' =>
  kind === 'usage' || isMirrored(kind);

/** Whether it is the word of another system that is master of a site's units; where Nuanliu is, such a file is refused. */
export const isMirrored = (kind: FileKind): kind is 'results' | 'stages' => kind === 'results' || kind === 'stages';

/** The fields that each kind of file may have. No other column leaves the browser, and none other is taken by the server. */
export const FIELDS_OF: Readonly<Record<FileKind, readonly FileField[]>> = {
  donors: [...WHO, 'identity', 'documentType', 'group', 'rhd', 'site'],
  donations: [...WHO, 'din', 'date', 'procedure', 'volume', 'platelets', 'reaction', 'group', 'rhd', 'site'],
  deferrals: [...WHO, 'until', 'procedure', 'site'],
  usage: ['din', 'component', 'bag', 'hospital', 'date', 'record'],
  results: ['din', 'at', 'group', 'rhd', ...DONATION_TESTS],
  stages: ['din', 'component', 'bag', 'stage', 'at', 'hospital', 'record', 'location', 'expires'],
};

/** Without these columns no row of the kind can be read. Who the donor is may be said in two ways: see donorColumns. */
export const NEEDED: Readonly<Record<FileKind, readonly FileField[]>> = {
  donors: ['name', 'phone', 'birthDate', 'sex'],
  donations: ['din', 'date', 'procedure', 'volume'],
  deferrals: ['until'],
  usage: ['din', 'component', 'date'],
  results: ['din', 'at'],
  stages: ['din', 'component', 'stage', 'at'],
};
const BY_PERSON: readonly FileField[] = ['name', 'phone', 'birthDate'];

/** The columns that are missing: of a donor, either their number at the station or name, phone and birth date together. */
export function columnsMissing(kind: FileKind, mapped: readonly FileField[], hospital?: string): FileField[] {
  // A resident's number says both.
  const said: readonly FileField[] = mapped.includes('identity') ? ['birthDate', 'sex'] : [];
  const missing = NEEDED[kind].filter((field) => !mapped.includes(field) && !said.includes(field));
  // Half a group is none.
  if (mapped.includes('rhd') && !mapped.includes('group')) missing.push('group');
  const finds: readonly FileField[] = ['group', ...DONATION_TESTS];
  if (kind === 'results' && ![...finds, 'rhd'].some((field) => mapped.includes(field as FileField)))
    missing.push('group');
  if (kind === 'usage' && !hospital && !mapped.includes('hospital')) missing.push('hospital');
  const whoKnown = mapped.includes('donorNo') || BY_PERSON.every((field) => mapped.includes(field));
  if ((kind === 'donations' || kind === 'deferrals') && !whoKnown) missing.push('donorNo');
  return missing;
}

/** What a column's header says it holds; `identity` is a whole identity number, of which most kinds of files take only the last four. */
export type ColumnMeaning = FileField | 'patient' | 'none';

/** Headers as stations and hospitals write them, as `headerKey` makes them. */
const ALIASES: Readonly<Record<FileField, readonly string[]>> = {
  donorNo: [
    '献血者编号',
    '献血者号',
    '献血者代码',
    '档案号',
    '献血证号',
    '献血证编号',
    'donorno',
    'donornumber',
    'donorid',
  ],
  name: ['姓名', '献血者姓名', '献血者', 'name', 'donorname', 'fullname'],
  phone: [
    '手机',
    '手机号',
    '手机号码',
    '电话',
    '联系电话',
    '电话号码',
    '移动电话',
    'phone',
    'mobile',
    'telephone',
    'phonenumber',
  ],
  birthDate: ['出生日期', '生日', '出生年月日', '出生年月', 'birthdate', 'dateofbirth', 'dob'],
  sex: ['性别', 'sex', 'gender'],
  lastFour: [
    '证件后四位',
    '身份证后四位',
    '证件号后四位',
    '身份证号后四位',
    'lastfour',
    'last4',
    'idlast4',
    'idlastfour',
  ],
  identity: [
    '身份证',
    '身份证号',
    '身份证号码',
    '证件号',
    '证件号码',
    '身份证件号码',
    'identitynumber',
    'idnumber',
    'nationalid',
  ],
  documentType: ['证件类型', '证件种类', '证件类别', '身份证件类型', 'documenttype', 'idtype', 'identitytype'],
  group: [
    '血型',
    'abo',
    'abo血型',
    '血型abo',
    'abo型',
    'aborh',
    'aborhd',
    'aborh血型',
    '血型aborh',
    '血型aborhd',
    'aborhd血型',
    'bloodgroup',
    'bloodtype',
    'abogroup',
    'abobloodgroup',
  ],
  rhd: [
    'rh',
    'rhd',
    'rh血型',
    'rhd血型',
    '血型rh',
    '血型rhd',
    'rh型',
    'rhd型',
    'rh因子',
    'rhdtype',
    'rhtype',
    'rhfactor',
    'rhesus',
    'rhesusfactor',
  ],
  site: [
    '站点',
    '献血点',
    '采血点',
    '采血站点',
    '献血地点',
    '采血地点',
    '献血屋',
    '采血机构',
    'site',
    'donationsite',
    'collectionsite',
  ],
  din: [
    '献血码',
    '血袋号',
    '血袋编号',
    '献血编号',
    '条码号',
    '血袋条码',
    '血液编号',
    '献血条码',
    'din',
    'donationnumber',
    'donationidentificationnumber',
    'donationid',
    'unitnumber',
  ],
  date: [
    '献血日期',
    '采血日期',
    '献血时间',
    '采血时间',
    '用血日期',
    '用血时间',
    '输血日期',
    '输血时间',
    '使用日期',
    '使用时间',
    '日期',
    'date',
    'donationdate',
    'dateofdonation',
    'collectiondate',
    'useddate',
    'usedate',
    'dateused',
    'transfusiondate',
    'dateoftransfusion',
  ],
  procedure: ['献血种类', '献血类型', '献血类别', '采血类型', '献血方式', '采血方式', 'procedure', 'donationtype'],
  volume: ['献血量', '采血量', '献血量ml', '采血量ml', '容量', '容量ml', 'volume', 'volumeml', 'ml'],
  platelets: ['治疗量', '治疗单位', '治疗单位数', '血小板治疗量', 'plateletunits', 'therapeuticunits'],
  reaction: ['献血反应', '不良反应', 'reaction', 'adversereaction'],
  until: [
    '暂缓至',
    '屏蔽至',
    '暂缓期至',
    '暂缓截止日期',
    '屏蔽截止日期',
    '延期至',
    '可献血日期',
    '暂缓献血至',
    'until',
    'deferreduntil',
    'deferraluntil',
    'deferralend',
  ],
  component: [
    '品种',
    '血液品种',
    '血液成分',
    '成分',
    '成份',
    '血液成份',
    '血品种',
    '产品名称',
    '血液制品',
    'component',
    'components',
    'product',
    'bloodcomponent',
  ],
  bag: ['分袋号', '袋号', '子袋号', '分割号', 'bag', 'bagnumber', 'unitid', 'divisioncode'],
  hospital: [
    '医院',
    '用血医院',
    '医疗机构',
    '用血单位',
    '使用单位',
    '用血机构',
    '发往医院',
    '发往单位',
    '领血单位',
    '接收医院',
    'hospital',
    'facility',
    'issuedto',
  ],
  record: ['用血单号', '发血单号', '单据号', '用血记录号', '流水号', 'record', 'recordnumber', 'reference'],
  stage: [
    '状态',
    '血液状态',
    '当前状态',
    '库存状态',
    '业务状态',
    '操作',
    '操作类型',
    '业务类型',
    'status',
    'stage',
    'state',
    'event',
  ],
  at: [
    '时间',
    '状态时间',
    '操作时间',
    '业务时间',
    '发生时间',
    '变更时间',
    '更新时间',
    '日期时间',
    '日期',
    'time',
    'at',
    'date',
    'datetime',
    'timestamp',
    'statustime',
    'eventtime',
    'changedat',
    '检验时间',
    '检测时间',
    '检验日期',
    '检测日期',
    '结果时间',
    '报告时间',
    '审核时间',
    'testedat',
    'testtime',
    'testdate',
    'resulttime',
    'resultdate',
  ],
  location: ['库位', '存放位置', '储存位置', '存储位置', '位置', '冰箱', 'location', 'storagelocation'],
  expires: [
    '失效日期',
    '失效时间',
    '有效期',
    '有效期至',
    '过期日期',
    'expiry',
    'expires',
    'expirydate',
    'expirationdate',
    'useby',
  ],
  hbsag: ['hbsag', '乙肝表面抗原', '乙肝', '表面抗原', 'hbsag结果', 'hepatitisbsurfaceantigen'],
  'anti-hcv': ['antihcv', '抗hcv', '丙肝抗体', '丙肝', 'hcv抗体', 'hcvab'],
  'hiv-ag-ab': ['hivagab', 'hiv', '抗hiv', 'antihiv', 'hiv抗体', 'hiv抗原抗体', '艾滋病抗体', '艾滋病抗原抗体', '艾滋'],
  syphilis: ['syphilis', '梅毒', '梅毒抗体', '抗tp', 'tp', 'antitp', 'tp抗体', '梅毒螺旋体抗体', 'tppa'],
  alt: ['alt', 'alt值', '转氨酶', '谷丙转氨酶', '丙氨酸氨基转移酶'],
  'hbv-dna': ['hbvdna', '乙肝核酸', 'hbv核酸'],
  'hcv-rna': ['hcvrna', '丙肝核酸', 'hcv核酸'],
  'hiv-rna': ['hivrna', '艾滋病核酸', 'hiv核酸'],
  'anti-hbc': ['antihbc', '抗hbc', '乙肝核心抗体', '核心抗体'],
  'anti-htlv': ['antihtlv', '抗htlv', 'htlv', 'htlv抗体'],
  'hev-rna': ['hevrna', '戊肝核酸', 'hev核酸'],
  'wnv-rna': ['wnvrna', '西尼罗病毒核酸', 'wnv核酸'],
  'anti-t-cruzi': ['antitcruzi', '抗克氏锥虫', '克氏锥虫抗体'],
};

/** Columns about whoever received the blood. They are dropped where the file is chosen, before anything of it is sent. */
const PATIENT =
  /患者|病人|病案|病历|住院|门诊号|床号|床位|病区|科室|诊断|受血|输血者|用血者|用血人|就诊|patient|recipient|mrn|ward|diagnosis|admission/;
/** In what a hospital or a blood bank sends, whoever has a name, an age or a number is a patient, or nobody that is asked about here. */
const PERSONAL = /姓名|性别|年龄|电话|手机|身份证|证件|出生|住址|地址|^name$|^sex$|^gender$|^age$|birth|phone|address/;
/** Of a bag that was given, the group beside it is the patient's; of a tube it is what was found. */
const GROUP = /血型|bloodgroup|bloodtype/;

/** A header without what makes no difference: width, case, spaces, signs, and what stands in brackets. */
export const headerKey = (header: string): string => {
  const plain = header.normalize('NFKC').toLowerCase();
  const bare = plain.replaceAll(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '');
  const strip = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '');
  return strip(bare) || strip(plain);
};

/** `血型(RhD)`, beside `血型(ABO)`. */
const OTHER_HALF = /^\s*(?:血型|blood ?(?:group|type))\s*[([【]\s*rh[^o]*$/;

/** What a header says its column holds. A header that speaks of a patient never means anything else. */
export function columnMeaning(kind: FileKind, header: string): ColumnMeaning {
  const whole = header.normalize('NFKC').toLowerCase();
  const key = headerKey(header);
  if (isPatientColumn(kind, header)) return 'patient';
  const allowed: readonly FileField[] = isOfUnits(kind) ? FIELDS_OF[kind] : [...FIELDS_OF[kind], 'identity'];
  // 后四位 in brackets is what tells an excerpt from a whole number.
  if (/后四位|last ?four|last ?4/.test(whole) && allowed.includes('lastFour')) return 'lastFour';
  // So is the other half of a group, where a column each has one.
  if (OTHER_HALF.test(whole) && allowed.includes('rhd')) return 'rhd';
  return allowed.find((field) => ALIASES[field].includes(key)) ?? 'none';
}

/** Whether a column speaks of whoever received the blood. */
export function isPatientColumn(kind: FileKind, header: string): boolean {
  const whole = header.normalize('NFKC').toLowerCase();
  const key = headerKey(header);
  if (PATIENT.test(whole) || (isOfUnits(kind) && PERSONAL.test(key))) return true;
  return isOfUnits(kind) && !FIELDS_OF[kind].includes('group') && GROUP.test(key);
}

const isWholeGroup = (cell: string): boolean => {
  const read = readBloodGroup(cell, '');
  return read.ok && read.value !== undefined;
};

/**
 * Each column's meaning: as it was chosen before under the same header, else as the header says; each field once. A column of groups
 * that has ABO alone, beside which no other has RhD, is left out: half a group is none, and its rows would all be refused.
 */
export function columnsOf(
  kind: FileKind,
  headers: readonly string[],
  remembered: Readonly<Record<string, ColumnMeaning>> = {},
  sample: readonly (readonly string[])[] = [],
): ColumnMeaning[] {
  const taken = new Set<ColumnMeaning>();
  const isWhole = (n: number): boolean =>
    remembered[headerKey(headers[n] ?? '')] === 'group' ||
    /rh/i.test(headers[n] ?? '') ||
    sample.some((cells) => isWholeGroup(cells[n] ?? ''));
  return headers
    .map(meant)
    .map((meaning, n, all) => (meaning === 'group' && !all.includes('rhd') && !isWhole(n) ? 'none' : meaning));

  function meant(header: string): ColumnMeaning {
    const known = remembered[headerKey(header)];
    const meaning = isPatientColumn(kind, header) ? 'patient' : (known ?? columnMeaning(kind, header));
    // The last four may come of either column, and of one only.
    const field = meaning === 'identity' ? 'lastFour' : meaning;
    if (meaning === 'none' || meaning === 'patient') return meaning;
    if (taken.has(field)) return 'none';
    taken.add(field);
    return meaning;
  }
}

const SEARCHED_ROWS = 30;

/**
 * Index of the row with the headers, below whatever titles stand above it: of the first rows, the one with the most headers that
 * are known; undefined where none has two.
 */
export function headerRow(kind: FileKind, rows: readonly (readonly string[])[]): number | undefined {
  let best: { index: number; known: number } | undefined;
  for (const [index, row] of rows.slice(0, SEARCHED_ROWS).entries()) {
    const meanings = row.map((header) => columnMeaning(kind, header)).filter((it) => it !== 'none');
    const known = new Set(meanings.filter((it) => it !== 'patient')).size;
    if (known >= 2 && known > (best?.known ?? 0)) best = { index, known };
  }
  return best?.index;
}

const TOTAL = /^(合计|总计|小计|共计|总数|本页合计|grandtotal|total|subtotal|sum)/;
const FOOTER = /^(制表|填报|填表|审核|复核|打印|备注|注:|说明|preparedby|note)/;

/** Rows below or between the data that are no data: blank ones, totals, who made the table, and headers printed once more. */
export function isNoData(cells: readonly string[], headers: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()).filter(Boolean);
  const [first] = filled;
  if (first === undefined) return true;
  if (TOTAL.test(first)) return true;
  if (FOOTER.test(first) && filled.length <= 4) return true;
  const plain = headers.map((header) => header.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()).filter(Boolean);
  return filled.length === plain.length && filled.every((cell, n) => cell === plain[n]);
}
