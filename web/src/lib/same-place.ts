/** Only a path of these pages: nobody is sent elsewhere by what an address or a request carried. */
export function samePlace(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) && !to.startsWith('/signed-in') ? to : '/';
}
