/** What answers are kept for: the one purpose of health data that is agreed to by itself. */
export const PURPOSE = 'health-answers';
