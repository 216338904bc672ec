import type { Span } from '../domain/policy-pack.ts';

export const days = (value: number): Span => ({ value, unit: 'day' });
export const weeks = (value: number): Span => ({ value, unit: 'week' });
export const months = (value: number): Span => ({ value, unit: 'month' });
export const years = (value: number): Span => ({ value, unit: 'year' });
