"""Abbreviations after whose full stop a sentence goes on: lower case, without the last stop."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


NEVER_LAST = _words(
    """
    mr mrs ms mx dr drs prof st mt messrs mme mmes mlle mgr rev fr hon pres gov sen rep amb
    gen col maj capt cmdr lt sgt cpl adm supt insp det dir asst assoc
    e.g i.e cf vs v viz ca circa approx esp incl excl resp ibid op loc q.v s.v
    z.b bzw vgl d.h u.a bspw sog ggf evtl inkl hrn fr frl dipl ing
    p.ex c.-à-d env sr sra srta sres dra ud uds vd dn dna exc exmo exma sig sigg dott avv
    т.е т.н т.к напр см ср им ул проф акад
    """
)
"""Never the last word of a sentence."""

BEFORE_NUMBERS = _words(
    """
    no nos nr nrs art arts para paras par pp p vol vols fig figs ch chap chaps sec sect secs ser
    eq eqs ed eds ex ann annex app doc res cap cl reg rule tab pt pl col cols ff n nn fn b d
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    abs bd kap s aufl núm pág págs tít num pag pagg гл ст п пп стр рис табл т
    """
)
"""The sentence goes on where a number follows."""

MAYBE_LAST = _words(
    """
    inc ltd co corp llc plc bros dept univ govt intl natl jr sr esq ph.d m.d b.a m.a
    a.m p.m a.d b.c al est ave blvd rd ft approx min max
    usw ecc ggmbh gmbh г гг в вв др пр т.д т.п руб млн млрд
    """
)
"""The sentence goes on unless the next word looks like the first of a sentence."""

STARTERS = _words(
    """
    the a an this that these those there it its he she they we you i his her their our in on at as
    for from with by after before during since while when where if although though because but
    and or so yet however moreover furthermore nevertheless meanwhile also then thus therefore
    what who why how no not all most many some such both each every another one
    der die das ein eine es er sie wir in im am mit nach vor und aber doch wenn als
    le la les un une des il elle ils elles nous ce cette ces en dans pour mais et
    el los las una en por con para pero y se lo su è gli lo nel nella ma
    """
)
"""Words with which sentences begin more often than a name goes on."""

MONTHS = _words(
    """
    januar jänner februar märz april mai juni juli august september oktober november dezember
    jahrhundert jahrhunderts január duben května
    """
)
"""After a number and a full stop these make a date (an ordinal), not a new sentence."""
