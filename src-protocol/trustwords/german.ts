import type { WordList } from "./word-list.ts"

/** Made by tools/word-lists/make.ts from tools/word-lists/de; frozen. Where the words come from: docs/handover.md. */
const WORDS = `
  abbau abbiegen abbruch abdecken abdruck abend abfall abflug abfolge abfrage abfuhr abgabe abgeben
  abgleich abhang abhilfe abholen abitur abkommen abladen ablegen abluft abmessen abnahme abnehmen
  abraten abreise abrollen abruf absage absenden absicht abspann abstand abtasten abteil abwarten
  abzahlen abzug abzweig achse adagio adler adresse affekt agent agieren ahnen ahorn akademie akazie
  akkord akte aktiv aktuell akustik akzent album alchemie algebra alibi allee alltag alphabet alpin
  altbau alter altstadt alufolie ambiente amboss ameise ampel amulett analyse ananas anatomie anbahnen
  anbieten anblick andacht andenken andrang aneignen anekdote anfahrt angebot anhalten anheben anis
  ankauf anker anklang ankunft anlass anleiten anliegen anlocken anmelden anmut anorak anpassen
  anpfiff anprobe anrecht ansatz anschein ansehen ansporn antenne antik antrag antwort anwalt anwesend
  anwohner anzahl anzeige anziehen apart apfel apparat appell applaus aprikose aquarell arabeske
  arbeit archiv arena argument arkade armband armlehne aroma artikel aspekt asphalt athlet atlas atom
  audienz aufbau aufdruck auffahrt aufgang aufheben aufkauf aufladen aufnahme aufruf aufsatz auftakt
  aufwand aufzug auktion ausblick ausdauer ausflug ausgabe aushang auskunft auslage ausmalen ausreise
  aussaat ausufern auswahl auszeit autobahn avocado azalee bach backofen badehose bagger bahnhof
  balance balken ballett balsam bambus banane band banjo bankett banner bargeld bariton barke barock
  barren basar baseball basilika basteln batterie bauer bauklotz baumhaus bauplan bausatz beamer
  becher becken bedacht bedeuten bedienen beehren beeilen beenden beere beet befassen befinden
  befolgen befragen befugt begabt begegnen beginn begriff behagen behelf behutsam beide beifall
  beilage beirat beispiel beitrag bekennen bekommen belag beleben bellen belohnen bemalen bemerken
  benutzen benzin bequem beraten bereich berg bericht beruf besen besinnen besser besteck besuchen
  beton betreten beutel bewahren bewegen bewirten bewohner bezahlen bezeugen beziehen bezug biathlon
  biber biene bieten bilanz bildband billig binde biologie biskuit bison bitte bizarr blasen blatt
  blau blech bleiben blende blinker blitzen block blond blubbern bluff blume boccia bodenlos bohne
  bohren boje bollwerk bonbon bonus boot bord borgen botanik boxen braun breit bremse bretzel brief
  brikett brillant bringen brise brokkoli bronze brosche brotzeit bruch bruder brummen brunnen
  buchfink bukett bullauge bummeln bunt burgtor busch bussard button cafe chemie chor chronik dachs
  dahlie dame dammweg dampf dank datei dattel datum daumen daune debatte deckel dehnbar deich dekade
  dekor delfin delikat delle denkmal deponie dessert detektiv deuten devise dezent diadem diagramm
  dialekt diamant dichter diele diener diesel digital diktat dill ding diplom direkt dirigent dirndl
  disco diskus disput distanz docht dohle doktor dokument dolde dommel donner dorn dorsch dose
  dotieren dotter drache draht drama drehen dreieck dringend droge drossel druck duft duldsam dunkel
  dunst duplikat duschen dynamo ebbe ebene echolot echt ecke eckig edel efeu effektiv egal ehefrau
  ehre ehrgeiz eichhorn eidechse eifer eigelb eilbote eilen einbau eindruck einfall eingang einheit
  einigung einkauf einladen einmalig einnahme einrad einsatz eintritt einwurf einzug eisberg eisdiele
  eislauf eistee eiszeit elan elch elefant elektro element elfe elfmeter elite ellipse elster eltern
  emblem empfang emsig endlich endspiel endung energie engel enkelin enorm ente entgegen entwurf
  enzian episch epoche epos erbauen erbse erdbeere erde erdkunde erdnuss erdreich ereignis erfahren
  erfinden erfolg erfreuen ergebnis ergiebig erhalten erheben erholen erinnern erker erkunden erlass
  erlernen ermessen ernennen ernten erobern erproben ersatz ersehnen ersinnen ersuchen erteilen ertrag
  erwachen erwerben erwidern erzeugen erzielen esche espe espresso essbar essen estrade eule examen
  exotisch experte fabel fabrik facette fackel faden fagott fahne fahrbar fair faktor falke fallobst
  falten familie fanfare fantasie farbe fasan fasching faser fassung faul faust favorit fazit federn
  fegen feiertag feile fein feldweg felge felsen fenchel fenster ferien ferne fertigen festival
  fettnapf fetzen feucht feuer fiaker fichte figur fiktion filiale filmriss filter filz finale findig
  finger finnisch firma fischer fixieren fjord flach flagge flamingo flanell flasche flattern flaum
  flechten flehen flexibel flicken flieger flimmern flink flocke florett flossen flott flugzeug flur
  fohlen folgen folie folklore fontane fordern forelle formel forscher fort fossil foto fracht
  fragment fraktion franse frau freibad fremd freude frieden frist frohsinn front frosch fuchteln fuge
  fuhre fundus funken furche furnier fusion futter gabelung galaxie galopp gans garantie gardine garn
  garten gashahn gasse gasthof gattung gaukler gazelle gebaren gebiet gebot gebrauch gedanke gedeck
  gedicht geduld gefieder geflecht gefolge gegend gegner gehalt gehen gehilfe gehweg geier geige geist
  gekicher gelb geleit gelingen gelobt gemach gemeinde gemisch gemurmel genau genosse genuss geologe
  gepflegt gerade gerecht gerste geruch gesang geschenk gesellig gespann gestalt getreide gewand
  gewebe gewinn gezeiten gibbon giebel gigant gilde ginster gipfel giraffe gitarre gitter glanz glas
  glatze glaube gleich glied glimmer glitzern globus glorie glossar glut gnade gnom gold gondel
  gorilla gotisch grabung grad grafik gramm granit gratis graupel greifen grell grenze griff grille
  grimasse grinsen groschen grotesk grube grummeln grund gucken gulasch gulden gummi gurke gurren gurt
  gutshof haarband haben habicht hafer hagel hain halbmond halde hallo hals hamster handtuch hangar
  hantel harfe harmlos harz hase hastig haube hauch haupt hausboot hebel heft heimat heiter heizung
  hektar helfen hellgelb helm hemd hengst henne herberge hering herkunft hermelin heroisch herr
  herzlich heute hibiskus hilfe himbeere himmel hinfahrt hingabe hinlegen hinreise hinsehen hinweis
  hippo hirse hirt historie hitze hochland hocker hoffen hofhund hofnarr hoheit hohlraum holen
  holunder holz homogen honig honorar hoppeln horchen horizont hornisse horst hotel hufeisen huhn
  human humor humpeln humus hund hupen ideal idee idol idylle igel iglu ikone illusion imbiss imker
  imperium import impuls index indigo ingwer inhaber innung insekt instand integral inventar iris
  ironie jacht jacke jaguar jahr jasmin joghurt jolle jongleur journal jubeln jubilar juchzen judo
  jugend jung jurist juror justiz juwel kabarett kabeljau kabine kachel kadett kahn kaimauer kaiser
  kajak kakao kaktus kalb kalender kaliber kamel kamille kamm kampagne kanal kandidat kanister kanne
  kantine kanu kapelle kapital kappe kapuze karaffe kardamom karneol karosse karpfen karree karte
  kaskade kasper kastanie kasus katalog kathode kauen kauf kaugummi kaution kavalier kehren keil
  keimling keks kellner kennwort keramik kerbe kern kescher kessel kette keuchen kichern kiebitz
  kiefer kies kilo kimono kind kiosk kirche kissen kiste kittel kiwi klammer klang klapprad klar
  klassik klatsch klausel klavier kleber klee kleid klempner klettern klick klima klinge klirren klotz
  klub kluft klumpen knabbern knacks knarren kneifen kneten knicken knie knirps knobeln knollen knopf
  knorrig knospe knuddeln knuffig knuspern koala kobold kochbuch koffer kogge kohl kokon kolben
  kolibri kollege kolonie kolumne kombi komet komma komparse kondor konfekt kongress konsole kontakt
  konzert kopfball kopie koralle korbball kordel kork kormoran korrekt korsett kosmos kostbar kotelett
  krabbe kraft kragen kran krater kraulen krawatte kredit kreide krempel kresse kreuz kribbeln krimi
  kristall kritik krocket krokant krone krug krume kruste kubik kubus kuckuck kufe kugel kulant
  kulisse kultur kundig kupfer kupon kuppel kurbel kurier kurort kurs kurve kuscheln kutsche labor
  lachen lack ladung lager lagune laie laken lakritz lama lamelle lampion langsam larve lasagne lasso
  lasur latein latte laub laufrad lauge lautlos lavendel leben leckerei legende leguan lehm lehne
  lehrbuch leicht leinwand leistung lektion lenken lenz leopard lerche lernen lese lesung leuchten
  libelle lichtung liebling lieder liefern liege lift liga liguster liliput limette limonade lindern
  lineal links linoleum linse lippe liter lizenz loch lockern loden logbuch lohnen lorbeer lotse lotus
  loyal luchs luke lukrativ lupine lust lutscher luxus magazin magenta magier magnet mahagoni mahlzeit
  maibaum maisfeld majoran makellos makrele malen malve malz mammut mampfen mandel manko mann mantra
  maracuja marder marille markant marmor marsch marzipan maschine maserung maske mastbaum material
  matratze mauern maulesel maurer maus maximal mazurka medaille medium meer mehl mehrheit meinung
  meissel melden melisse melodie memoiren menge mensch menthol merken messing metall meteor mieter
  mikado mikrofon milch mild mimik mineral minigolf minus minze mirakel mischung mitglied mitreden
  mittag mixer mobil modell mohn mokka mole moment monarch mond monitor moorbad moos moped moral
  mosaik moschus motiv motor motto muffin mulde multi mundart munter murmel muschel muse musik muskat
  mutig nachbar nadel nageln nahrung nahtlos napf narr narzisse nashorn nation natur nautik neffe
  nehmen neigung nelke nennen neon nerz nest netto netzwerk neubau neuerung neugier neuling neumond
  neutral nickel niedlich niete nilpferd nimbus nippes nische niveau nixe nobel nocken nomade nomen
  norden normal note notiz novelle nummer nuss nutria nutzung oberarm obhut objekt oblate oboe obst
  ofen offenbar ohrring oktave okular olive omega omelett omnibus onkel opal oper opossum optik opus
  orakel orchidee ordnung oregano organist orgel original ornament ortsname osterei ovation ozean ozon
  paar packen paddel pagode paket palais palette palme panade panda panorama panther papagei papier
  pappel paprika papyrus parabel parfum parieren park parodie partei parzelle pass pastete pate patina
  patrone pauke pauschal pavian pedal pegel peilung pelerine pelikan pelz pendel penibel pensum
  peperoni perfekt pergola periode perlen person pfad pfahl pfanne pfeffer pfeife pferch pfiff
  pfirsich pflanze pflege pflicht pflock pflug pforte pfosten pfund pianist picknick pigment pilot
  pingpong pinie pinnwand pinsel pionier pirol pirsch pistazie pizza plage plakat planen plasma
  platane plaudern plural podest podium pokal polar polieren pollen polster pommes popmusik portal
  posaune position posse postamt preis premiere prickeln primel prinz prisma privat probe produkt
  profil programm projekt prokura prolog prospekt proviant prozent prunk publikum pudding pudel puffer
  pullover pult pumpe punkt purpur purzeln puste putzen quader quaken qualle quantum quark quaste
  quatsch quecke quer quieken quintett quirlig quitte quotient rabatt rabe radio rahmen rakete ramme
  randvoll rang ranke ranzen raps rascheln rasen raspel raster ratgeber rathaus rauschen raute realist
  rechnen rede referat reflex reform regatta region regler regnen rehkitz reibung reichtum reifrock
  reihe reim reiniger reisen reklame rekord relais relief remise renn rentier reptil republik requisit
  reservat residenz resonanz respekt restlos resultat retten rezept ribisel richtig ricke riechen
  riemen rillen rinnsal robbe roboter rochen rock rodeln roggen rohling rohr rolladen roman rosa
  rosette rosine rosmarin rotkohl rotwild roulade rubin rubrik ruckeln rufen rufname ruhm rummel rumpf
  runde rustikal rutschen saal saatgut sachbuch safran saftig sage saite salami salbei saldo salmiak
  salon samba samen sammeln samt sandale sanft sanieren sardelle satellit sauber saugen saum sauna
  saurier savanne saxofon schach scheck schieben schleife schmied schnabel schober schrank schub
  schwalbe seebad seefahrt seehund seeigel seele seestern sehnen seife seiltanz sektor sekunde selig
  sellerie seminar senat senden senf senior senke separat serenade serie sesam sichel siedlung sieg
  signal silage silbe simpel simultan sinfonie singen sinn sirup sittich sitz skala skizze slalom
  smaragd socke sofa solid solo sommer sonate sonett sonne sonor sorgfalt sorte sozial spachtel spalte
  spange spargel spatz specht speiche spektrum spende sperling spezial spiegel spinat spirale spitze
  spontan spore sprache sprecher springen sprosse spruch spule spur staat stabil staccato stadel
  staffel stall stamm standuhr stapfen stark statik staub stecker stegreif stehen steiger stelzen
  stempel steppe stern steuer stich stiefel stift stille stimme stochern stoff stollen stopp storch
  strahl streben strick stroh strudel stube stuck student stuhl stunde stutzen suchen sultan summe
  suppe surfen symbol szenario tabelle tablett tacker tafel tagebuch tagung takt talent talfahrt talg
  talisman tandem tangente tanken tanz tapete tapfer tapir tarif tarnung tartan tasche taste tatkraft
  tatsache tatze tauchen tauglich tausch taverne taxi technik teddy teerose teig teilchen telefon
  teller tempo tendenz tennis tenor teppich termin terrasse testen text tiara tiefe tierarzt tiger
  tilgen timpani tinte tipi tisch titan titel tochter tofu tolerant toll tomate tombola tonart
  torbogen torf tour trab trage traktat transit trapez traube treffen treiben trend treppe tresor
  treten treu triangel tribune trichter trikot triller trimmen trinken tritt triumph troddel trommel
  tropen trost truhe truthahn tuba tuberose tuch tulpe tunke tunnel turbine turmuhr turnen turteln
  tuten uhrwerk ukulele ulme ultimo ultra umarmen umbau umdenken umdrehen umfang umfrage umgebung
  umkehr umkreis umland umleiten umringen umrunden umsatz umschau umsehen umtausch umtrunk umweg
  umziehen umzug uniform unikat union unkraut unsinn urahn urheber urig urkraft urkunde urlaub
  urmensch ursache ursprung urteil urwald urzeit vagabund vanille variabel vater velours ventil
  veranda verband verehren verkauf verlag vermuten vernunft vers verwandt verzicht vetter vielfalt
  villa violine visier vitamin vogel vokabel volk vollkorn volumen vorabend vorbild vordach vorfahrt
  vorgang vorhaben vorjahr vorlage vormund vorname vorort vorplatz vorrat vorteil vorzug votum waage
  wachsam wackeln waffel wagen waggon wagnis wahl wahrheit wald walfisch wallach walnuss walross
  walzen wandern wappen warm wartung waschen wasser wattwurm webstuhl wechsel wecker wegrand weiher
  weisheit weite weizen welpe weltall werbung werfen werkbank wert westwind wettlauf widder widmen
  wiegen wiese wigwam wildbach wille wimmeln winden winkel winseln winter wirbel wirken wisent wispern
  woche wohnung wolf wolke wonnig wuchern wunder wunsch wurf wurst wurzel yoga zahm zahnrad zander
  zapfen zappeln zarge zart zaubern zaumzeug zaun zebra zeder zeichen zeigen zeisig zeit zelten zement
  zentrum zeppelin zepter zerlegen zerren zettel zeuge zicklein ziegel ziehen ziel zierlich ziffer
  zikade zimbel zimmer zimt zink zinne zinsen zirkel zirpen zischen zitat zither zitronat zivil
  zoologe zopf zucht zucker zudecken zufahrt zugabe zugehen zugvogel zuhause zukleben zukunft zulage
  zunahme zunft zunge zureden zuruf zusatz zuspruch zustand
`

export const germanWords: WordList = { language: "de", words: WORDS.trim().split(/\s+/) }
