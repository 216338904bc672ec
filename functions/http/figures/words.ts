import type { COUNTED, ExpirySpan } from '../../../shared/domain/figures.ts';
import type { Component, Language, Procedure } from '../../../shared/domain/vocabulary.ts';

/** The words of the files. */
export const FIGURE_WORDS: Record<
  Language,
  {
    site: string;
    date: string;
    hour: string;
    procedureHead: string;
    stop: string;
    reason: string;
    n: string;
    component: string;
    days: string;
    group: string;
    unknown: string;
    ready: string;
    notReady: string;
    aside: string;
    counts: Record<(typeof COUNTED)[number], string>;
    procedure: Record<Procedure, string>;
    components: Record<Component, string>;
    expiry: Record<ExpirySpan, string>;
    /** Reasons that no pack names. */
    own: Record<string, string>;
  }
> = {
  zh: {
    site: '站点',
    date: '日期',
    hour: '时段',
    procedureHead: '献血类型',
    stop: '停靠点',
    reason: '暂缓原因',
    n: '数量',
    component: '血液品种',
    days: '采集到使用（天）',
    group: '血型',
    unknown: '未知',
    ready: '可发',
    notReady: '待放行',
    aside: '隔离、留置或召回',
    counts: {
      places: '名额',
      booked: '预约',
      came: '到站',
      given: '献血',
      noShows: '未到场',
      deferred: '暂缓',
      walkIns: '现场登记',
      first: '首次献血',
      gaveUp: '提前取消',
    },
    procedure: { 'whole-blood': '全血', platelets: '血小板' },
    components: {
      'whole-blood': '全血',
      'red-cells': '红细胞',
      plasma: '血浆',
      platelets: '血小板',
      cryoprecipitate: '冷沉淀',
    },
    expiry: {
      expired: '已过期',
      'in-3': '3 天内到期',
      'in-7': '4 至 7 天到期',
      'in-30': '8 至 30 天到期',
      later: '30 天后到期',
      none: '未登记有效期',
    },
    own: { permanent: '永久不宜献血', measures: '体检指标不合格' },
  },
  en: {
    site: 'Site',
    date: 'Date',
    hour: 'Hour',
    procedureHead: 'Giving',
    stop: 'Stop',
    reason: 'Reason for the deferral',
    n: 'Number',
    component: 'Component',
    days: 'Days from donation to use',
    group: 'Blood group',
    unknown: 'not known',
    ready: 'Ready',
    notReady: 'Not released yet',
    aside: 'Put aside, held or recalled',
    counts: {
      places: 'Places',
      booked: 'Booked',
      came: 'Came',
      given: 'Gave',
      noShows: 'No-shows',
      deferred: 'Deferred',
      walkIns: 'Walk-ins',
      first: 'First-time donors',
      gaveUp: 'Cancelled beforehand',
    },
    procedure: { 'whole-blood': 'Whole blood', platelets: 'Platelets' },
    components: {
      'whole-blood': 'Whole blood',
      'red-cells': 'Red cells',
      plasma: 'Plasma',
      platelets: 'Platelets',
      cryoprecipitate: 'Cryoprecipitate',
    },
    expiry: {
      expired: 'Expired',
      'in-3': 'Ends within 3 days',
      'in-7': 'In 4 to 7 days',
      'in-30': 'In 8 to 30 days',
      later: 'Later',
      none: 'No expiry on record',
    },
    own: { permanent: 'Permanent', measures: 'Measured outside the rules' },
  },
};
