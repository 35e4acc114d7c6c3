/** The codes that an ignore comment names, in what stands behind `reckoner-ignore`: those before a colon, behind which the reason follows. */
export function ignoredCodes(words: string): readonly string[] {
  const [codes = ''] = words.split(':', 1);
  return codes.split(/[\s,]+/).filter(code => /^[a-z][a-z-]*$/.test(code));
}
