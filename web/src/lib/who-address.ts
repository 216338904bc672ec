/** Where somebody signed in says who they are on this browser, and from where they go on. */
export const whoAddress = (returnTo: string): string => `/mine/who?${new URLSearchParams({ return: returnTo })}`;
