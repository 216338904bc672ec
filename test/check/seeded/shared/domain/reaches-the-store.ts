import { answer } from '../store/any.ts';

/** Wrong on purpose: the check of imports must say so, or it reads nothing. */
export const wrong = answer;
