<?xml version="1.0" encoding="UTF-8"?>
<!-- word/document.xml → what is printed there, as text with marks (docxmarks.py has their names). Everything else is left out. -->
<xsl:stylesheet version="1.0" exclude-result-prefixes="w m s mc v x"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
    xmlns:s="http://purl.oclc.org/ooxml/officeDocument/math"
    xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
    xmlns:v="urn:schemas-microsoft-com:vml"
    xmlns:x="urn:govstats:runs">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="text()"/>
  <xsl:template match="w:t"><xsl:value-of select="."/></xsl:template>

  <!-- Settings (their tab stops are no tabs), tracked deletions, and readings printed above characters (ruby). -->
  <xsl:template match="w:pPr | w:rPr | w:tblPr | w:tblGrid | w:trPr | w:tcPr | w:del | w:moveFrom | w:rt"/>
  <xsl:template match="w:tr[w:trPr/w:del]"/>
  <xsl:template match="w:tr[w:trPr/w:hidden[not(@w:val = '0' or @w:val = 'false' or @w:val = 'off')]]"/>
  <xsl:template match="w:tc[w:tcPr/w:cellDel]"/>

  <xsl:template match="w:p">&#xFDD0;<xsl:apply-templates/>&#xFDD1;</xsl:template>
  <xsl:template match="w:tbl">&#xFDD2;<xsl:apply-templates/>&#xFDD3;</xsl:template>
  <xsl:template match="w:tr">
    <xsl:text>&#xFDD4;</xsl:text>
    <xsl:apply-templates select="w:trPr/w:gridBefore" mode="blank"/>
    <xsl:apply-templates/>
    <xsl:apply-templates select="w:trPr/w:gridAfter" mode="blank"/>
    <xsl:text>&#xFDD5;</xsl:text>
  </xsl:template>
  <xsl:template match="*" mode="blank">&#xFDD8;<xsl:apply-templates select="." mode="width"/>;</xsl:template>
  <xsl:template match="*" mode="width"> <!-- No letters: a mark may be among them. -->
    <xsl:value-of select="translate(@w:val, translate(@w:val, '0123456789-.', ''), '')"/>
  </xsl:template>

  <!-- Behind a cell: does it go on below (r: from here, c: from above), is it covered from the left (h), how wide is it. -->
  <xsl:template match="w:tc">
    <xsl:text>&#xFDD6;</xsl:text>
    <xsl:apply-templates/>
    <xsl:text>&#xFDD7;</xsl:text>
    <xsl:choose>
      <xsl:when test="not(w:tcPr/w:vMerge)">-</xsl:when>
      <xsl:when test="w:tcPr/w:vMerge/@w:val = 'restart'">r</xsl:when>
      <xsl:otherwise>c</xsl:otherwise>
    </xsl:choose>
    <xsl:choose>
      <xsl:when test="w:tcPr/w:hMerge[not(@w:val = 'restart')]">h</xsl:when>
      <xsl:otherwise>-</xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="w:tcPr/w:gridSpan[1]" mode="width"/>
    <xsl:text>;</xsl:text>
  </xsl:template>

  <!-- Of several ways to say the same (a text box as drawing and as VML) the first is taken. -->
  <xsl:template match="mc:AlternateContent">
    <xsl:apply-templates select="(mc:Choice | mc:Fallback)[1]"/>
  </xsl:template>

  <!-- Signs. Of a symbol font nobody can tell what is printed. -->
  <xsl:template match="w:tab | w:ptab"><xsl:text>&#9;</xsl:text></xsl:template>
  <xsl:template match="w:br | w:cr">&#xFDD9;</xsl:template>
  <xsl:template match="w:noBreakHyphen">-</xsl:template>
  <xsl:template match="w:sym">□</xsl:template>
  <xsl:template match="w:footnoteReference | w:endnoteReference"><xsl:text> </xsl:text></xsl:template>

  <!-- Set apart: a raised 1 behind 12 is no 121; the 1 and the 2 of ½ are not 12. A formula of one line is read; of one that
       is built up (a fraction, a root, a power) the text does not say what is seen. -->
  <xsl:template match="m:oMath | s:oMath">
    <xsl:text> </xsl:text>
    <xsl:apply-templates/>
    <xsl:text> </xsl:text>
    <xsl:if test=".//*[self::m:t or self::s:t][not(../parent::m:oMath or ../parent::s:oMath or ../parent::w:ins
        or ../../parent::m:box or ../../parent::s:box)]">&#xFFFC;</xsl:if>
  </xsl:template>
  <xsl:template match="m:t | s:t">
    <xsl:text> </xsl:text>
    <xsl:value-of select="."/>
    <xsl:text> </xsl:text>
  </xsl:template>
  <xsl:template match="m:oMath/*/m:t | s:oMath/*/s:t"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="x:apart">&#xFDDA;<xsl:apply-templates/>&#xFDDB;</xsl:template>
  <xsl:template match="x:struck">&#xFDDC;<xsl:apply-templates/>&#xFDDD;</xsl:template>
  <xsl:template match="x:hidden"><xsl:text> </xsl:text></xsl:template>

  <!-- Seen, but no text: pictures, charts, ink, embedded objects, controls, unless they hold paragraphs of their own. What
       floats may lie anywhere, the more so if it is large or behind the text: it is marked apart. -->
  <xsl:template match="w:drawing">
    <xsl:apply-templates/>
    <xsl:if test=".//*[local-name() = 'blip' or local-name() = 'chart' or local-name() = 'relIds'
        or local-name() = 'contentPart' or local-name() = 'custGeom']
        or (not(.//w:t) and */*[local-name() = 'extent'][@cx &lt;= 400000 and @cy &lt;= 400000]
            and .//*[local-name() = 'prstGeom'][(contains(@prst, 'line') or contains(@prst, 'Connector'))
                and not(ancestor::w:drawing/*/*[local-name() = 'extent'][@cx &gt; 300000])
                or not(contains(@prst, 'line') or contains(@prst, 'Connector') or contains(@prst, 'ect'))
                or ../*[local-name() = 'solidFill']/*[local-name() = 'srgbClr'][not(starts-with(@val, 'F'))]])">
      <xsl:choose>
        <xsl:when test="*[local-name() = 'inline']">&#xFFFC;</xsl:when>
        <xsl:when test="*[@behindDoc = '1'] or */*[local-name() = 'extent'][@cx &gt; 1080000 or @cy &gt; 1080000]
            or */*[local-name() = 'positionV'][@relativeFrom = 'page' or @relativeFrom = 'margin']">&#xFDDE;</xsl:when>
        <xsl:otherwise>&#xFDDF;</xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>
  <xsl:template match="w:pict | w:object">
    <xsl:apply-templates/>
    <xsl:if test=".//*[local-name() = 'imagedata' or local-name() = 'OLEObject' or local-name() = 'control'
        or local-name() = 'binData'] or .//v:polyline or .//v:curve or .//v:shape[@path and not(@type)]
        or .//v:fill[@type = 'frame'] or (not(.//w:t) and (.//v:oval[contains(@style, 'pt')]
            or .//v:rect[starts-with(@fillcolor, '#') and not(starts-with(translate(@fillcolor, 'f', 'F'), '#F')) or @fillcolor = 'black']
            or .//v:line[substring-before(@from, ',') = substring-before(@to, ',')][number(translate(substring-after(@to, ','),
                'ptinmc ', '')) - number(translate(substring-after(@from, ','), 'ptinmc ', '')) &lt; 40]))">
      <xsl:choose>
        <xsl:when test=".//v:*[contains(translate(@style, ' ', ''), 'position:absolute')]">
          <xsl:choose>
            <xsl:when test=".//v:*[contains(@style, 'vertical-relative:page') or contains(@style, 'z-index:-')]">&#xFDDE;</xsl:when>
            <xsl:otherwise>&#xFDDF;</xsl:otherwise>
          </xsl:choose>
        </xsl:when>
        <xsl:otherwise>&#xFFFC;</xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>
  <xsl:template match="v:textpath"><xsl:value-of select="@string"/></xsl:template>

  <!-- Fields that print something made of their instruction, and those whose value stands in their settings. -->
  <xsl:template match="w:instrText">
    <xsl:variable name="said" select="normalize-space(concat(., ../following-sibling::w:r[1]/w:instrText))"/>
    <xsl:if test="starts-with(translate($said, 'eq', 'EQ'), 'EQ ') or starts-with($said, 'SYMBOL ')">&#xFFFC;</xsl:if>
  </xsl:template>
  <xsl:template match="w:fldSimple[starts-with(translate(normalize-space(@w:instr), 'eq', 'EQ'), 'EQ ')
      or starts-with(normalize-space(@w:instr), 'SYMBOL ')]">&#xFFFC;</xsl:template>
  <xsl:template match="w:ffData[w:ddList]">
    <xsl:variable name="chosen" select="number(concat('0', (w:ddList/w:result | w:ddList/w:default)[1]/@w:val))"/>
    <xsl:value-of select="w:ddList/w:listEntry[$chosen + 1]/@w:val"/>
  </xsl:template>
  <xsl:template match="w:ffData[w:checkBox]">□</xsl:template>
</xsl:stylesheet>
