/** Signature help: what the call around the cursor takes, and which argument is being typed. */
import type { ParameterInformation, SignatureHelp, SignatureHelpParams } from 'vscode-languageserver';
import type { OpenBracket } from '../../mlsys';
import type { Analysis } from '../evaluation/analysis';
import { LastMembers } from './completion/lastMembers';
import { type CodePlace, cellCode, refCode } from './completion/place';
import { plain } from './describe';
import { type FeatureContext, type Handler, ifTold, toOffset } from './feature';
import { type Signature, signatureOfCall } from './signatures';

export const signatureHelp: Handler<SignatureHelpParams, SignatureHelp> = {
  atOnce: true,
  async handle(analysis, { position }, context) {
    const code = codeAt(analysis, toOffset(analysis.chapter, position, context), context);
    const call = code?.at.brackets.findLast(
      ({ kind, owner, method }) => kind === '(' && (owner !== '' || method !== undefined),
    );
    if (code === undefined || call === undefined || code.at.isComment) return null;
    const signature = await told(call, code, context);
    return signature === undefined ? null : answer(signature, activeParameter(signature, call, code));
  },
};

function told(call: OpenBracket, code: CodePlace, context: FeatureContext): Promise<Signature | undefined> {
  return ifTold(context, () => signatureOfCall(call, code));
}

function codeAt(analysis: Analysis, offset: number, context: FeatureContext): CodePlace | undefined {
  const { chapter } = analysis;
  const before = chapter.slice(chapter.lines.lineRangeAt(offset).start, offset);
  const members = new LastMembers(analysis, context);
  return cellCode(analysis, analysis.cellAt(offset), offset, members) ?? refCode(analysis, before, offset, members);
}

/** Which parameter the argument is for: by its name, else by its place; undefined where there is none. */
function activeParameter(
  { parameters }: Signature,
  { argument, commas }: OpenBracket,
  { source }: CodePlace,
): number | undefined {
  const name = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=(?!=)/u.exec(source.slice(argument))?.[1];
  if (name !== undefined) {
    const at = parameters.findIndex(one => one.name === name);
    return at < 0 ? undefined : at;
  }
  const rest = parameters.findIndex(({ text }) => /^\*(?!\*)/.test(text));
  const at = rest >= 0 ? Math.min(commas, rest) : commas;
  return at < parameters.length ? at : undefined;
}

function answer({ name, parameters, doc }: Signature, active: number | undefined): SignatureHelp {
  let label = `${name}(`;
  const placed = parameters.map(({ text, doc: own }, at): ParameterInformation => {
    if (at > 0) label += ', ';
    const start = label.length;
    label += text;
    return { label: [start, label.length], ...(own === undefined ? {} : { documentation: own }) };
  });
  label += ')';
  const documentation = doc === undefined ? {} : { documentation: { kind: 'markdown' as const, value: plain(doc) } };
  return {
    signatures: [{ label, parameters: placed, ...documentation }],
    activeSignature: 0,
    // A place behind the last one marks none.
    activeParameter: active ?? parameters.length,
  };
}
