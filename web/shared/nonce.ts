/**
 * The nonce of this page's Content-Security-Policy, which internal/ui writes into index.html. Styles that Mantine makes
 * at run time carry it; without it the browser refuses them.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}
