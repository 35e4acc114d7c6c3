import gettext

plain = gettext.NullTranslations()
print(plain.gettext("word"), plain.ngettext("one", "more", 1), plain.ngettext("one", "more", 2))
print(plain.pgettext("menu", "Open"), plain.npgettext("menu", "file", "files", 0), plain.info(), plain.charset())


class Shouting(gettext.NullTranslations):
    def gettext(self, message):
        return message.upper()


plain.add_fallback(Shouting())
print(plain.gettext("word"), plain.ngettext("one", "more", 3))
