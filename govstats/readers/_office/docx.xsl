<?xml version="1.0" encoding="UTF-8"?>
<!-- word/document.xml → what is printed there, as text with marks (docxmarks.py has their names). Everything else is left out. -->
<xsl:stylesheet version="1.0" exclude-result-prefixes="w m s mc x"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
    xmlns:s="http://purl.oclc.org/ooxml/officeDocument/math"
    xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
    xmlns:x="urn:govstats:runs">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="text()"/>
  <xsl:template match="w:t"><xsl:value-of select="."/></xsl:template>

  <!-- Settings (their tab stops are no tabs), tracked deletions, and readings printed above characters (ruby). -->
  <xsl:template match="w:pPr | w:rPr | w:tblPr | w:tblGrid | w:trPr | w:tcPr | w:del | w:moveFrom | w:rt"/>
  <xsl:template match="w:tr[w:trPr/w:del]"/>

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

  <!-- Set apart: a raised 1 behind 12 is no 121; the 1 and the 2 of ½ are not 12. -->
  <xsl:template match="m:t | s:t">
    <xsl:text> </xsl:text>
    <xsl:value-of select="."/>
    <xsl:text> </xsl:text>
  </xsl:template>
  <xsl:template match="x:apart">
    <xsl:text> </xsl:text>
    <xsl:apply-templates/>
    <xsl:text> </xsl:text>
  </xsl:template>
  <xsl:template match="x:hidden"><xsl:text> </xsl:text></xsl:template>
</xsl:stylesheet>
