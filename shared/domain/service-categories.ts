import type { Localized, ServiceCategory } from './vocabulary.ts';

export const CATEGORY_NAMES: Readonly<Record<ServiceCategory, Localized>> = {
  'blood-donation': { zh: '无偿献血志愿服务', en: 'Blood donation' },
  'stem-cell-donation': { zh: '造血干细胞捐献志愿服务', en: 'Stem-cell donation' },
  community: { zh: '社区服务', en: 'Community' },
  health: { zh: '医疗卫生', en: 'Health' },
  elderly: { zh: '为老助残', en: 'Elderly and disabled people' },
  children: { zh: '关爱少年儿童', en: 'Children' },
  environment: { zh: '环境保护', en: 'Environment' },
  education: { zh: '文化教育', en: 'Culture and education' },
  emergency: { zh: '应急救援', en: 'Emergencies' },
  other: { zh: '其他', en: 'Other' },
};
