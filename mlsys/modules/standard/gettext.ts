/** `gettext`: the translations that leave texts as they are. Catalogues are files of the machine, which cells do not read. */
import type { PyModule } from '../../python/runtime/objects';
import { refusing } from '../files/refusing';
import { pythonModule } from './python';

const SOURCE = `
class NullTranslations:
    def __init__(self, fp=None):
        self._info = {}
        self._charset = None
        self._fallback = None
        if fp is not None:
            self._parse(fp)

    def _parse(self, fp):
        pass

    def add_fallback(self, fallback):
        if self._fallback:
            self._fallback.add_fallback(fallback)
        else:
            self._fallback = fallback

    def gettext(self, message):
        return self._fallback.gettext(message) if self._fallback else message

    def ngettext(self, msgid1, msgid2, n):
        if self._fallback:
            return self._fallback.ngettext(msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context, message):
        return self._fallback.pgettext(context, message) if self._fallback else message

    def npgettext(self, context, msgid1, msgid2, n):
        if self._fallback:
            return self._fallback.npgettext(context, msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def info(self):
        return self._info

    def charset(self):
        return self._charset
`;

const NOT_THERE =
  'GNUTranslations bindtextdomain textdomain find translation install gettext ngettext pgettext npgettext dgettext dngettext ' +
  'dpgettext dnpgettext c2py Catalog';

/** Loads the module. */
export function loadGettext(): PyModule {
  const module = pythonModule('gettext', SOURCE);
  module.lazy = refusing('gettext', NOT_THERE, 'cells read no catalogues of translations');
  return module;
}
