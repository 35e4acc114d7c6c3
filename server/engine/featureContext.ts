/** What features are told of the program around a document. Everything is looked up when it is asked for. */
import type { FeatureContext } from '../features';
import { pathOfUri } from '../files/uri';
import { pathTo } from '../whatif/fileValues';
import type { Checked } from './checked';
import { dataText } from './dataDocuments';
import type { DocumentStore } from './documentStore';
import type { FormerChapters } from './formerChapters';
import type { Neighbours } from './neighbours';
import type { EngineOptions } from './options';
import { withPatience } from './patience';
import { type FactsHost, otherSources, projectFacts } from './projectFacts';
import { clientFacts, type ProjectSettings } from './projectSettings';

export interface ContextHost {
  readonly documents: DocumentStore;
  readonly options: EngineOptions;
  readonly facts: FactsHost;
  readonly projects: ProjectSettings;
  readonly neighbours: Neighbours;
  readonly formers: FormerChapters;
}

export function featureContext(uri: string, findings: Checked['findings'], host: ContextHost): FeatureContext {
  const { documents, options, facts, projects, neighbours, formers } = host;
  const chapters = () =>
    documents.chapters.flatMap(({ uri: one, document: { checked } }) =>
      checked === undefined ? [] : [{ uri: one, analysis: checked.analysis }],
    );
  return {
    uri,
    settings: options.settings.settingsOf(pathOfUri(uri)),
    findings,
    chapters,
    otherSources: () => otherSources(uri, documents, path => facts.filesOf(path)),
    takesSnippets: options.takesSnippets === true,
    ...clientFacts(uri, options.client, projects),
    ...projectFacts(uri, facts),
    dataPath: place => {
      const text = facts.textOf(place.file) ?? dataText(place.file, facts.filesOf(place.file));
      return text === undefined ? undefined : pathTo(place.file, place, text);
    },
    textOf: one => facts.textOf(pathOfUri(one) ?? ''),
    label: id => neighbours.elsewhere(id, uri),
    withPatience,
    former: () => formers.analysis(uri),
  };
}
