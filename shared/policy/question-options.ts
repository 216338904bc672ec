import type { QuestionOption } from '../domain/policy-pack.ts';
import type { Localized } from '../domain/vocabulary.ts';

/** What the day is from which a wait counts. */
const WHEN = {
  done: { zh: '是哪一天？', en: 'Which day was it?' },
  recovered: { zh: '哪一天痊愈的？', en: 'Which day had you recovered?' },
  healed: { zh: '哪一天愈合的？', en: 'Which day had it healed?' },
} as const satisfies Record<string, Localized>;
const STILL = {
  ill: { zh: '还没有痊愈', en: 'I have not recovered yet' },
  healing: { zh: '还没有愈合', en: 'It has not healed yet' },
} as const satisfies Record<string, Localized>;

/** Something done on one day. */
export const happened = (code: string, zh: string, en: string): QuestionOption => ({
  code,
  label: { zh, en },
  when: WHEN.done,
});
/** A wait that begins when it is over. */
export const illness = (code: string, zh: string, en: string): QuestionOption => ({
  code,
  label: { zh, en },
  when: WHEN.recovered,
  still: STILL.ill,
});
export const wound = (code: string, zh: string, en: string): QuestionOption => ({
  code,
  label: { zh, en },
  when: WHEN.healed,
  still: STILL.healing,
});

/** Something taken until a day, or taken still. */
export const taken = (code: string, zh: string, en: string): QuestionOption => ({
  code,
  label: { zh, en },
  when: { zh: '最后一次是哪一天用的？', en: 'Which day did you last take it?' },
  still: { zh: '现在还在用', en: 'I am still taking it' },
});

export const inMalariaArea: QuestionOption = {
  code: 'malaria-area',
  label: { zh: '去过', en: 'Yes' },
  when: { zh: '哪一天离开的？', en: 'Which day did you leave it?' },
  still: { zh: '现在还在那里', en: 'I am still there' },
};
export const pregnant: QuestionOption = {
  code: 'pregnancy',
  label: { zh: '正在怀孕', en: 'I am pregnant' },
  still: { zh: '是', en: 'Yes' },
};
