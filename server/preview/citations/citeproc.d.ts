/** What we use of citeproc, which brings no types. */
declare module 'citeproc' {
  interface Citation {
    readonly citationID: string;
    readonly citationItems: readonly object[];
    readonly properties: { readonly noteIndex: number; readonly mode?: 'composite' };
  }

  class Engine {
    constructor(
      system: {
        retrieveLocale(language: string): string | false;
        retrieveItem(id: string): unknown;
      },
      style: string,
      language?: string,
    );
    readonly opt: { readonly xclass: string };
    rebuildProcessorState(
      citations: readonly Citation[],
      mode: 'html',
      uncited: readonly string[],
    ): readonly (readonly [id: string, note: number, html: string])[];
    getTerm(name: string): string;
    makeCitationCluster(items: readonly object[]): string;
    makeBibliography(): readonly [{ readonly entry_ids: readonly (readonly string[])[] }, readonly string[]] | false;
  }

  const CSL: { readonly Engine: typeof Engine; debug(message: string): void };
  export default CSL;
}
