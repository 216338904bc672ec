import type { identityZh } from './identity-zh.ts';

/** Who somebody at the desk is: check-in, documents, records of one person. In English. */
export const identityEn: typeof identityZh = {
  document: {
    resident: 'Resident identity card',
    passport: 'Passport',
    'hk-macao': 'Hong Kong or Macao travel permit',
    taiwan: 'Taiwan travel permit',
    foreigner: 'Foreigner’s permanent residence card',
    military: 'Military card',
  },
  checkIn: {
    title: 'Check in',
    lead: '{{name}} (phone …{{digits}}), {{when}}. Scan the pass or the document.',
    how: 'Known by',
    shown: 'Pass or identity card',
    other: 'Another document',
    known: 'Has neither here',
    scan: 'Scan or type the pass, or the resident identity number',
    scanHint: 'By scanner, card reader or keyboard; full width, spaces and a small x are read too.',
    type: 'Document',
    number: 'Number',
    reason: 'How you know that it is them',
    reasonHint:
      'For example: a regular donor whom two of us know. The check-in is marked “no document seen” and the reason goes to the audit log.',
    submit: 'Check in',
    done: '{{name}} is checked in',
    notHere: 'This donor is no longer waiting to be checked in.',
    differs: 'The document and the profile differ',
    differsHint:
      'Compare the photograph and make sure that it is their document. Birth date and sex of the profile will then follow the document; that is audited.',
    correct: 'It is theirs: follow the document and check in',
    marked: 'No document seen',
    error: {
      scan: 'Scan the pass or the identity card, or type the number',
      unknown: 'This is neither a pass nor an 18-character resident number: look at it and scan it again',
      resident: 'The check character of this identity number is wrong: look at it again and retype it',
      number: 'Type the number of the document',
      numberShape: 'The number has 5 to 20 letters and digits',
      reason: 'Say how you know that it is them',
    },
  },
};
