import type { reactionZh } from './reaction-zh.ts';

/** Reactions of donors, by the Standard for Surveillance of Complications Related to Blood Donation (ISBT, IHN, AABB, 2014). */
export const reactionEn: typeof reactionZh = {
  kinds: 'What happened',
  kindsHint:
    'Several may apply. The terms are those that blood services compare; they are kept with health records, and no page or text of the donor has them.',
  kind: {
    vasovagal: 'Vasovagal, no loss of consciousness',
    'vasovagal-loss-of-consciousness': 'Vasovagal, with loss of consciousness',
    haematoma: 'Haematoma, bruise',
    'arterial-puncture': 'Arterial puncture',
    'delayed-bleeding': 'Delayed bleeding',
    'nerve-injury': 'Nerve injury or irritation',
    'arm-pain': 'Other arm pain',
    thrombophlebitis: 'Thrombophlebitis or local infection',
    citrate: 'Citrate reaction',
    haemolysis: 'Haemolysis',
    'air-embolism': 'Air embolism',
    'allergic-local': 'Allergic, local',
    'allergic-general': 'Allergic, generalised',
    cardiovascular: 'Cardiovascular event',
    other: 'Other',
  },
  grade: 'How grave it was',
  grades: {
    '1': '1 mild',
    '2': '2 moderate',
    '3': '3 severe',
    '4': '4 life-threatening',
    '5': '5 death',
  },
  note: 'What was done',
  now: 'On record now: {{text}}',
  none: 'no reaction',
  unknown: 'a reaction, not said which',
  had: 'Did the donor have a reaction',
  corrected: 'What was on record of a reaction was put right',
  error: { kinds: 'Choose what happened', grade: 'Choose how grave it was', had: 'Say whether there was one' },
};
