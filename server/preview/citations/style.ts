/**
 * The style of chapters that name none: authors and year in the text, and a list by authors, in the manner of Chicago's
 * author-date system, which Quarto takes as well.
 */
export const DEFAULT_STYLE = `<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" demote-non-dropping-particle="display-and-sort" page-range-format="expanded">
<info><title>Author and year</title><id>reckoner-author-date</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<macro name="makers">
  <names variable="author">
    <name and="text" name-as-sort-order="first" sort-separator=", " delimiter=", " delimiter-precedes-last="always"/>
    <substitute><names variable="editor"><name and="text" name-as-sort-order="first" sort-separator=", " delimiter=", "/><label form="short" prefix=", "/></names><names variable="translator"/><text macro="title"/></substitute>
  </names>
</macro>
<macro name="makers-short">
  <names variable="author">
    <name form="short" and="text" delimiter=", " initialize-with=". "/>
    <substitute><names variable="editor"/><names variable="translator"/>
      <choose>
        <if type="book"><text variable="title" form="short" font-style="italic" text-case="title"/></if>
        <else><text variable="title" form="short" quotes="true" text-case="title"/></else>
      </choose>
    </substitute>
  </names>
</macro>
<macro name="year">
  <choose>
    <if variable="issued"><date variable="issued"><date-part name="year"/></date></if>
    <else><text term="no date" form="short"/></else>
  </choose>
</macro>
<macro name="title">
  <choose>
    <if type="book"><text variable="title" font-style="italic" text-case="title"/></if>
    <else><text variable="title" quotes="true" text-case="title"/></else>
  </choose>
</macro>
<macro name="edition">
  <choose>
    <if is-numeric="edition"><group delimiter=" "><number variable="edition" form="ordinal"/><text term="edition" form="short"/></group></if>
    <else><text variable="edition"/></else>
  </choose>
</macro>
<macro name="editors">
  <choose>
    <if variable="author">
      <names variable="editor translator" delimiter=", "><label form="verb" suffix=" "/><name and="text" delimiter=", "/></names>
    </if>
  </choose>
</macro>
<macro name="container">
  <choose>
    <if type="article-journal article-magazine article-newspaper" match="any">
      <group delimiter=" ">
        <text variable="container-title" font-style="italic" text-case="title"/>
        <text variable="volume"/>
        <text variable="issue" prefix="(" suffix=")"/>
      </group>
      <text variable="page" prefix=": "/>
    </if>
    <else-if type="chapter paper-conference entry-encyclopedia" match="any">
      <group delimiter=", ">
        <group delimiter=" "><text term="in" text-case="capitalize-first"/><text variable="container-title" font-style="italic" text-case="title"/></group>
        <group delimiter=" "><label variable="volume" form="short"/><text variable="volume"/></group>
        <text macro="editors"/>
        <text variable="page"/>
      </group>
    </else-if>
    <else>
      <group delimiter=". ">
        <text macro="editors" text-case="capitalize-first"/>
        <text macro="edition"/>
        <group delimiter=" "><label variable="volume" form="short" text-case="capitalize-first"/><text variable="volume"/></group>
        <group delimiter=" "><text variable="genre" text-case="capitalize-first"/><text variable="number"/></group>
        <text variable="container-title" font-style="italic" text-case="title"/>
        <text variable="collection-title" text-case="title"/>
      </group>
    </else>
  </choose>
</macro>
<macro name="publisher">
  <group delimiter=": "><text variable="publisher-place"/><text variable="publisher"/></group>
</macro>
<macro name="access">
  <group delimiter=". ">
    <choose>
      <if variable="DOI"><text variable="DOI" prefix="https://doi.org/"/></if>
      <else><text variable="URL"/></else>
    </choose>
  </group>
</macro>
<citation et-al-min="4" et-al-use-first="1" disambiguate-add-year-suffix="true" disambiguate-add-names="true" disambiguate-add-givenname="true" givenname-disambiguation-rule="primary-name" collapse="year" after-collapse-delimiter="; ">
  <layout prefix="(" suffix=")" delimiter="; ">
    <group delimiter=", ">
      <group delimiter=" "><text macro="makers-short"/><text macro="year"/></group>
      <choose>
        <if locator="page"><text variable="locator"/></if>
        <else><group delimiter=" "><label variable="locator" form="short"/><text variable="locator"/></group></else>
      </choose>
    </group>
  </layout>
</citation>
<bibliography hanging-indent="true" et-al-min="11" et-al-use-first="7" subsequent-author-substitute="———" entry-spacing="0">
  <sort><key macro="makers"/><key variable="issued"/><key variable="title"/></sort>
  <layout suffix=".">
    <group delimiter=". ">
      <text macro="makers"/>
      <text macro="year"/>
      <choose><if variable="author editor translator" match="any"><text macro="title"/></if></choose>
      <choose>
        <if type="thesis"><group delimiter=", "><text variable="genre"/><text macro="publisher"/></group></if>
        <else><group delimiter=". "><text macro="container"/><text macro="publisher"/></group></else>
      </choose>
      <text macro="access"/>
    </group>
  </layout>
</bibliography>
</style>`;
