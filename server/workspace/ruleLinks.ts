/** The repository that package.json names, put in by the build. */
const REPOSITORY = process.env.RECKONER_REPOSITORY ?? '';

/** Where the page of a rule is on the web; undefined where the package names no repository there. */
export function ruleLink(code: string): string | undefined {
  return REPOSITORY.startsWith('https://') ? `${REPOSITORY}/blob/main/docs/rules/${code}.md` : undefined;
}
