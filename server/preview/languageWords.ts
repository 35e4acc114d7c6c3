/**
 * The words of a page in the languages that Quarto has words in, by the names under which `language` sets others. A word that is left out
 * stays English, and so does a language that is not here.
 */

const NAMES = [
  'toc-title-document section-title-abstract section-title-references title-block-keywords',
  'callout-tip-title callout-note-title callout-warning-title callout-important-title callout-caution-title',
  'crossref-fig-title crossref-tbl-title crossref-lst-title crossref-thm-title crossref-lem-title crossref-cor-title',
  'crossref-prp-title crossref-cnj-title crossref-def-title crossref-exm-title crossref-exr-title',
  'crossref-ch-prefix crossref-apx-prefix crossref-sec-prefix crossref-eq-prefix',
  'environment-proof-title environment-remark-title environment-solution-title',
  'title-block-author-single title-block-author-plural title-block-published title-block-modified code-summary',
]
  .join(' ')
  .split(' ');

/** In the order of the names, by the language's first part. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Inhaltsverzeichnis|Zusammenfassung|Literatur|Schlüsselwörter',
    'Tipp|Hinweis|Warnung|Wichtig|Vorsicht',
    'Abbildung|Tabelle|Listing|Theorem|Lemma|Korollar',
    'Aussage|Annahme|Definition|Beispiel|Übungsaufgabe',
    'Kapitel|Anhang|Kapitel|Gleichung',
    'Beweis|Anmerkung|Lösung',
    'Autor:in|Autor:innen|Veröffentlichungsdatum|Geändert|Code',
  ],
  fr: [
    'Table des matières|Résumé|Les références|Mots clés',
    'Astuce|Note|Avertissement|Important|Mise en garde',
    'Figure|Table|Listing|Théorème|Lemme|Corollaire',
    'Proposition|Conjecture|Définition|Exemple|Exercice',
    'Chapitre|Annexe|Section|Équation',
    'Preuve|Remarque|Solution',
    'Auteur·rice|Auteur·rice·s|Date de publication|Modifié|Code',
  ],
  es: [
    'Tabla de contenidos|Resumen|Referencias|Palabras clave',
    'Tip|Nota|Advertencia|Importante|Precaución',
    'Figura|Tabla|Listado|Teorema|Lema|Corolario',
    'Proposición|Conjetura|Definición|Ejemplo|Ejercicio',
    'Capítulo|Apéndice|Sección|Ecuación',
    'Prueba|Observación|Solución',
    'Autor/a|Autores/as|Fecha de publicación|Fecha de última modificación|Código',
  ],
  nl: [
    'Inhoudsopgave|Samenvatting|Referenties|Trefwoorden',
    'Tip|Opmerking|Waarschuwing|Belangrijk|Opgelet',
    'Figuur|Tabel|Listing|Stelling|Lemma|Conclusie',
    'Voorstel|Aanname|Definitie|Voorbeeld|Oefening',
    'Hoofdstuk|Bijlage|Paragraaf|Vergelijking',
    'Bewijs|Opmerking|Oplossing',
    'Auteur|Auteurs|Publicatiedatum|Gewijzigd|Code',
  ],
  it: [
    'Indice|Sommario|Referenze|Parole chiave',
    'Consiglio|Nota|Avviso|Importante|Attenzione',
    'Figura|Tabella|Lista|Teorema|Lemma|Corollario',
    'Proposizione|Congettura|Definizione|Esempio|Esercizio',
    'Capitolo|Appendice|Sezione|Equazione',
    'Dimostrazione|Osservazione|Soluzione',
    'Autore/Autrice|Autori|Data di Pubblicazione|Data di modifica|Codice',
  ],
  pt: [
    'Índice|Resumo|Referências|Palavras-chave',
    'Dica|Nota|Aviso|Importante|Cuidado',
    'Figura|Tabela|Listagem|Teorema|Lema|Corolário',
    'Proposição|Conjetura|Definição|Exemplo|Exercício',
    'Capítulo|Apêndice|Seção|Equação',
    'Comprovação|Comentário|Solução',
    'Autor|Autores|Data de Publicação|Data de Modificação|Código',
  ],
  pl: [
    'Spis treści|Abstrakt|Bibliografia|Słowa kluczowe',
    'Wskazówka|Adnotacja|Ostrzeżenie|Ważne|Zagrożenie',
    'Rysunek|Tabela|Wykaz|Twierdzenie|Lemat|Wniosek',
    'Proposition|Przypuszczenie|Definicja|Przykład|Ćwiczenie',
    'Rozdział|Załącznik|Sekcja|Równanie',
    'Dowód|Komentarz|Rozwiązanie',
    'Autor|Autorzy|Opublikowano|Zmodyfikowano|Kod',
  ],
  ja: [
    '目次|概要|参考文献|キーワード',
    'ヒント|ノート|警告|重要|注意',
    '図|表|コード|定理|補題|系',
    '命題|予想|定義|例|練習',
    'チャプター|付録|セクション|式',
    '証明|注釈|解答',
    '作者|作者|公開|更新日|コード',
  ],
  zh: [
    '目录|摘要|参考文献|关键词',
    '提示|注记|警告|重要|注意',
    '图|表|列表|定理|引理|推论',
    '命题|猜想|定义|例|习题',
    '章节|附录|小节|式',
    '证|注记|解',
    '作者|作者|发布于|修改于|代码',
  ],
  ru: [
    'Содержание|Аннотация|использованная литература|Ключевые слова',
    'Совет|Уведомление|Предупреждение|Важное уведомление|Осторожность',
    'Рисунок|Таблица|Список|Теорема|Лемма|Следствие',
    'Утверждение|Гипотеза|Определение|Пример|Упражнение',
    'Глава|Приложение|Глава|Уравнение',
    'Доказательство|Примечание|Решение',
    'Автор|Авторы|Дата публикации|Файл изменен|Код',
  ],
  sv: [
    'Innehållsförteckning|Sammanfattning|Referenser|Nyckelord',
    'Tips|Notera|Varning|Viktigt|Försiktigt',
    'Figur|Tabell|Lista|Teorem|Lemma|Följdsats',
    'Påstående|Förmodan|Definition|Exempel|Uppgift',
    'Kapitel|Bilaga|Avsnitt|Ekvation',
    'Bevis|Anmärkning|Lösning',
    'Författare|Författare|Utgiven|Ändrad|Kod',
  ],
  da: [
    'Indholdsfortegnelse|Resume|Referencer|Nøgleord',
    'Tip|Note|Advarsel|Vigtigt|Forsigtig',
    'Figur|Tabel|Liste|Sætning|Hjælpesætning|Følgesætning',
    'Erklæring|Formodning|Definition|Eksempel|Øvelse',
    'Kapitel|Bilag|Sektion|Ligning',
    'Bevis|Bemærkning|Løsning',
    'Forfatter|Forfattere|Udgivet|Ændret|Kode',
  ],
  nb: [
    'Innholdsfortegnelse|Sammendrag|Referanser|Nøkkelord',
    'Tips|Note|Advarsel|Viktig|Forsiktig',
    'Figur|Tabell|Liste|Setning|Hjelpesetning|Følgesetning',
    'Erklæring|Formodning|Definisjon|Eksempel|Øvelse',
    'Kapitel|Bilag|Seksjon|Ligning',
    'Bevis|Bemerkning|Løsning',
    'Forfatter|Forfattere|Utgitt|Endret|Kode',
  ],
  fi: [
    'Sisällysluettelo|Tiivistelmä|Lähteet|Avainsanat',
    'Vihje|Huomautus|Varoitus|Tärkeää|Vaara',
    'Kuva|Taulukko|Listaus|Lause|Apulause|Korollaari',
    'Väittämä|Konjektuuri|Määritelmä|Esimerkki|Harjoitus',
    'Luku|Liite|Alaluku|Yhtälö',
    'Todistus|Huomautus|Ratkaisu',
    'Tekijä|Tekijät|Julkaistu|Muokattu|Koodi',
  ],
  cs: [
    'Obsah|Abstrakt|Reference|Klíčová slova',
    'Tip|Poznámka|Varování|Důležité|Upozornění',
    'Obrázek|Tabulka|Výpis|Teorém|Lemma|Důsledek',
    'Tvrzení|Konjektura|Definice|Příklad|Cvičení',
    'Kapitola|Příloha|Sekce|Rovnice',
    'Důkaz|Poznámka|Řešení',
    'Autor|Autoři|Publikováno|Upraveno|Kód',
  ],
  ko: [
    '목차|초록|참고문헌|키워드',
    '힌트|노트|경고|중요|주의',
    '그림|표|목록|정리|보조정리|따름정리',
    '명제|추측|정의|보기|예제',
    '장|부록|섹션|방정식',
    '증명|주석|해답',
    '저자|저자|공개||코드',
  ],
};

/** What countries have of their own; the rest of their words is the language's. */
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  'fr-ca': ['|||', '||||', '|||||', '||||', '|||', '||', 'Auteur(-trice)|Auteures(-trices)|||'],
  'pt-br': ['|||', '||||', '|||||', '|Conjectura|||', '|||', '||', '||||'],
  'zh-tw': [
    '目錄|摘要|參考文獻|關鍵字',
    '提示|註釋|警告|重要|注意',
    '圖|表|列表|定理|引理|推論',
    '命題|猜想|定義|例子|練習',
    '章|附錄|節|方程式',
    '證明|小結|答案',
    '作者|作者|發佈於|修改於|程式碼',
  ],
};

/** Regions that are written in the characters of another one. */
const TRADITIONAL = /^zh-(?:hk|mo|hant)\b/i;

const made = new Map<string, Readonly<Record<string, string>>>();

function tableOf(lines: readonly string[] = []): Readonly<Record<string, string>> {
  const all = lines.flatMap(line => line.split('|'));
  return Object.fromEntries(NAMES.flatMap((name, at) => (all[at] ? [[name, all[at]]] : [])));
}

/** The words of a language, such as `de` or `pt-BR`; none where they are English. */
export function languageWords(language: string): Readonly<Record<string, string>> {
  const name = TRADITIONAL.test(language) ? 'zh-tw' : language.toLowerCase();
  const [first, second] = name.split('-');
  const region = `${first}-${second}`;
  const key = Object.hasOwn(REGIONS, region) ? region : first!;
  let words = made.get(key);
  if (words === undefined) {
    const own = (table: Readonly<Record<string, readonly string[]>>, at: string) =>
      tableOf(Object.hasOwn(table, at) ? table[at] : undefined);
    words = { ...own(WORDS, first!), ...own(REGIONS, key) };
    made.set(key, words);
  }
  return words;
}
