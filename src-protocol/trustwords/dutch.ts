import type { WordList } from "./word-list.ts"

/** Made by tools/word-lists/make.ts from tools/word-lists/nl; frozen. Where the words come from: docs/handover.md. */
const WORDS = `
  aanbod aandacht aanhang aankomst aanleg aanpak aantal aanvoer aanwinst aanzien aapje aardbei abacus
  abrikoos accent accolade acrobaat acteur actie actrice adelaar adres advies advocaat afdak afdeling
  afdruk affiche afgieten afhalen afkijken afkoelen afleiden afloop afnemen afrit afronden afslag
  afspraak afstand aftellen aftocht afval afvoer afwas afwerken afzender agaat agenda akelei akker
  akkoord akte album alfabet algebra alinea allemaal almanak alom alpaca altaar altijd amandel ambacht
  ambitie amfora amulet ananas anekdote anijs anjer ansjovis antenne antiek antwoord apart apetrots
  apostrof appel applaus aquarel arbeid arcade arcering archief arena argument armband aroma artikel
  asfalt asperge aster atelier atlas atleet atoom aubade augurk auto avocado avond azalea azijn azuur
  baar babbelen baby baden badkamer bagage bagel bagger bakens bakfiets bakkerij baklava baksteen
  balans balkon ballet balpen balsem bamboe banaan bandje banjo bank baret bariton barok basalt basis
  basket batterij bazaar bazuin beambte bebouwen bedankt bedding bedekken bediende bedoelen bedrijf
  beekje beeld beestje begeven begin begonia begrip behang behoefte beiaard beitel bekend bekijken
  bekken bekleden bekomen bekroond bekwaam beladen beleid bellen belofte bemannen bemerken beneden
  benoemen benzine beogen bepalen beraad bereiken berg bericht beroep beschuit beslag bespaard bessen
  bestaan betaling beter beton betreden betuigen beugel beuk beurs bevatten bevinden bevroren bewaren
  beweging bewijs bewolkt bewust bezem bezig bezoek bieden biefstuk bieslook biet biggen bijdrage
  bijeen bijkomen bijlage bijrol bijsmaak bijtijds bijvak bijwerk biljart billijk bingo binnen
  biologie bioscoop biscuit bitter bizon blaadje bladeren blaffen blaten blauw bleek blender blijven
  bliksem blinken blocnote bloei blond blouse blozen blubber bluf blussen bocht bodem boef boeket
  boemel bokaal bokking boksen bolide bolletje bolster bonbon bonken bonnetje bont bonus boog boomhut
  boord bordes borstel bosbes bosje bosrand bosuil botanie boterham botsauto botweg bouillon bouwen
  bovenste braaf brasem breedte breken brem brenger brevet brief brigade bril brink broccoli broeder
  brommer bron broos brouwer brug bruid brunch bruto bubbel budget buffel buiging buizerd bulderen
  bulten bumper bundel bungalow bunker bunzing burcht bureau burger bushalte buste butler buurman
  cabaret cabine cacao cactus cadeau cake camera camping canon caravan carnaval carport cartoon
  cassette cavia cedel cement centrum chalet charme chef chemie chips chocola chroom cijfer cilinder
  cinema circus cirkel citaat citroen clip club cobra code collage compleet concert confetti congres
  consul contour cornet couscous cowboy creatie cultuur cupcake curry cursus curve cyclus dadel
  dagboek dageraad dagje dakgoot dakpan dalen dames dampen dankbaar dansles dapper darten datum dauw
  debat debuut decor deeg deelname dekbed deken dekking deksel delfstof deling delta delven denktank
  dennen depot desktop deugd deurmat diagram dialect diamant dichter dictee dienblad diepte dierbaar
  diesel dijk dikwijls dille diner ding diorama diploma dipsaus direct dirigent discus divan dobber
  docent document doelman doen dokken dolfijn dollar domein dominee donker donut doolhof doorgang doos
  dorp dossier douane douche draad drager draven drempel dressoir dreumes dribbel drieluik drift
  drijven drinken dromen droog druif drukker drummen druppel duikbril duim duinen dukaat dulden durven
  dutje duur duwen dwars dweil dynamo echo ecologie edelman editie eekhoorn eend eenvoud eerbied
  eerder eerlijk eethoek eetlepel eeuwig effect egaal eieren eigenaar einde eisen ekster eland elders
  elegant element elfje ellips embleem emmer energie engel enorm enter entree envelop epiloog episode
  erehaag erker ervaring erwt escorte esdoorn espresso essentie etalage etappe eten ethiek etiket etui
  evenaar evolutie exact examen excuus exotisch expres extra faam fabelen fabriek facet factor fagot
  fanfare fantasie favoriet fazant feest feniks fenomeen ferm ferry festival feta fiche fietsbel
  figurant fijn filet filiaal film filosoof filter finale fineer firma fjord flacon flamingo flank
  flarden flensje flets fleurig flitser flonker flora fluit fluweel foefje folder folie folklore fonds
  fonkel fontein forel formaat fornuis fort forum foto fraai fractie framboos franje fresia friet fris
  frons fruitig fuchsia fuik functie fusie gaaf gaffel galant galerij galmen galop gamba game gans
  ganzerik garage garnaal garve gaten gazelle gazon gebaar gebied gebouw gebruik gedachte gedeelte
  gedicht gedoe gedrag geduld geel gehakt geheel gehoor gehucht geiser geit gelach geld geleerd gelijk
  geloof geluid gemaal gember gemeente gemoed genade geniaal genoeg gentiaan gepast geraas gerecht
  gering geruit geschenk gesprek getal getij getrouw getuige geur geven gevoel gewaad gewei gewoon
  gezang gezellig gezin gezond gids gieten gigant gilde giraffe gist gitaar gitzwart gladiool glas
  glazuur gletsjer gleuf glijbaan glimlach glitter globe gloed glooiend glorie gobelin golfen gondel
  gong gooien goot gordijn gorilla gospel goud graag graden grafiek gram granaat grappig gratis gravin
  grazig greep grendel greppel griffier grijns grimeren grind groei grof grootte groter gruis grutto
  gunnen gunst haakje haantje haarkam hagedis hallo halsband halte hamer hamster hand hangmat hanteren
  haperen haring harken harmonie harnas harp hartig haven havik hazelaar heden heelal heet heffer
  heide heilig hekje hekwerk helaas helder helling helm helpen hemd hemel hendel herberg herdruk
  herfst herhalen herleven hertog hesp heuglijk heuvel hevig hier hijsen hikken hinkelen hippe hobbel
  hoedje hoekig hoepel hoera hoeve hofje hofnar hogere holle hommel homp honing honkbal hoofd hoogte
  hooi hoorn hopen horde horeca horizon horloge hotel houden hout huifkar huisje huizen hulde hulpje
  humeur humor hunkeren huppelen huren husselen hutspot huwelijk huzaar hyacint hymne ideaal idee
  idioom idool idylle iglo ijdel ijsbeer ijscoupe ijsje ijskast ijslolly ijsthee ijzer illusie impact
  import impuls inbellen inbouw inbreng indeling indigo indruk ingang inhoud inkijken inkom inkt
  inladen inlezen inmaken innemen innig inpakken inrit inruil inslag instap intact integer intocht
  invloed invoeren inwendig inwijden inwoner inzet inzicht irissen ironie ivoor jade jaguar jakhals
  jaloers jammer japon jargon jarig jasje jasmijn jodelen jolig journaal jubelen jubileum juffrouw
  juichen juist jurk juweel kaarsje kaas kaatsen kabel kabouter kachel kader kaft kajak kajuit kakelen
  kalender kalf kalkoen kameel kamgaren kamille kampioen kanaal kandij kano kantoor kapitein kapstok
  karaf karper kartel karwij kassa kastanje katoen kauwgom keer keizer kelk kelner kennis kermis kern
  kersen ketel ketting keuken keurig keuze kibbelen kiel kiepauto kievit kiezen kijker kilo kind kiosk
  kiwi klaar kladblok klap klarinet klassiek klauter klaver kleding klei klembord kleur klimaat klink
  klit klomp klont klooster kloppen klos klucht kluis kluwen knaap knaller knecht kneden knielen
  knijper knikker knipoog knoedel knoflook knolraap knoop knorren knots knuffel knus koala kobold koek
  koelkast koers koffer kogelvis kokarde koken kokkin kokos kolenkit kolibrie kolom komeet komfoor
  komiek komma kompas komt koningin konvooi kookboek koolmees koopje koor koper kopie koppig koraal
  korenaar korf kornuit korrel korst korting kosmos kosten kotelet kousen kozijn kraan krab krachtig
  kralen kransje krater krediet kreeft krekel krent kreuk kriebel krijgen kring kristal kroes krokant
  kronkel kroon kruimel krukas krul kubiek kubus kudde kuieren kuif kuiken kuiper kunstig kurkuma
  kussen kust kwadrant kwaken kwal kwast kweepeer kwijl kwik kwint laadbak laan laars laatste lachen
  ladder ladekast lading lage lakmoes lama lamel lamsoor landbouw langzaam lantaarn lappen laptop
  lasagne lassen lastig latei latten laurier lavendel leeftijd leem leerling leeuw legende leggen
  leguaan leisteen lekker lelie lengte lenig lepel leraar letter leuning lezen lezing libel lichtje
  lied liefde lift lijster liken lila limiet limonade liniaal linker lintje linzen lisdodde locatie
  loeien logboek logeren logica loket lolly lommer longen loods loofboom loon lopend lorrie losjes
  lotus loven luchtig lucifer luiaard luid luier luifel luister lunch lupine luxe maaien maaltijd
  maand machine madam madelief magazijn magie magneet mahonie maizena makelaar makreel maling malve
  mammoet manchet manege mango manier mannen mantel marathon marge marine markt marmot mars marter
  mascotte masker massief mast mate matras meander medaille media meedoen meermin mees meetlint
  megafoon meikever meisje melding melkboer melodie memo meneer mengsel mening mensen menu merel merk
  metaal meteen metro metselen meubel mevrouw middag mijl mijmeren mikado mikpunt milieu minder
  mineraal minister minuut mirakel missie mistig mobiel modder model modus moeite moerbei moestuin
  mogelijk molen moment monding monnik monorail montage monument morgen mosgroen mossel mosterd motief
  motor mousse mouw muesli muiltje muis muntje murmelen museum muziek naaister naald naast nachtuil
  nadeel nadruk nagellak najaar namaak namiddag nappa napret narcis narwal natie natuur nazomer nectar
  neef neerslag negatie nerts nerveus nest netwerk neutraal nevel nicht nieuw nijptang nijver nimf
  nippen niveau nobel noedels noemen noga nonsens noodzaak nooit noorden notaris noten notitie novelle
  nuchter nummer nuttig oase obelisk oceaan ochtend octaaf octopus oden oefening oehoe oeps oerbos
  oeroud oester oever offerte oker olifant olijf omarmen omelet omgang omhoog omkeer omlaag omloop
  omnibus omringen omroep omtrek omweg onbekend onderweg ondiep ongeveer onkruid onlangs ontbijt
  onthaal ontspan ontwerp ontzag onzijdig oogje oogsten ooievaar oorbel oordopje oorzaak oost opblazen
  opbouw opdoen opdracht opening opera opeten ophangen oplage oplegger oplossen opmaken opname opnemen
  opnieuw opoe oppas opruimen opstel optelsom optisch optocht optreden opvallen opwaarts opzet orakel
  orchidee orgel origami orka orkest ossenkar otter ouder oudste ovaal ovenwant overal paal paard
  paella pagina pakhuis pakje pakket paleis palmboom panda paneel panfluit pannetje panorama panter
  papaja papegaai papier paprika parade pardon parel parfum park partner paspoort passer pastei patat
  patrijs pauze pedaal peddel peen peil peinzen pelgrim pelikaan pels penning penseel peper perfect
  pergola periode perron persoon perzik petje peultje peuter pianist picknick piek pienter piepen
  pijler pikant pilaar piloot pimpel pingpong pint pion piramide pistache pita pittig pizza plaag
  pladijs plafond plakband planeet plastic plat plavuis plechtig plein plezier plicht ploeg plof
  plonzen plooi pluche pluim plukken plunje plus podium poedel poelier poetsen poging polis polka
  pollepel polo pompoen pond pook poort popcorn poppen populier poreus portiek pose postbus potloden
  potplant pracht praktijk praline praten precies preien premie pret prijs prikbord primeur prinses
  prisma proberen product proeven project prop protest proza pruik prullen psalm publiek pudding
  puffen punaise punk puntig puree purper raadsel raap rabarber racen radertje radijs radslag rafel
  ragebol ragfijn raket rammelen rang ranja rantsoen rapport raspen ratelen ravijn ravotten reactie
  realist recept recht redelijk reeks refrein regenjas regie reiger reiken reinigen reis rekenen
  relatie renner renpaard rente reptiel respect retour reuzel riant richel ridder riem rietje rijden
  rijmpje rijp rijst rijtuig ritme ritselen ritueel rivier robijn robot roeiboot roepen roer roest
  roffel rogge rollen rolt roman romig ronde rood rooster roteren rotonde route rozen rubber rubriek
  rugzak ruilen ruimte ruiter rumba rund saai safari saffier salade saldo salie salon sambal samen
  sandaal sappig sardine satijn sauna saus savanne schaaf scheef schijf schoen schrift schub seconde
  sectie segment seinen seizoen selderij selectie semester senaat serie servet sesam sfeer sieraad
  signaal sikkel silhouet singel siroop sjaal sjabloon sjerp sjouwen skelter slaapzak slab slagroom
  slalom slede sleutel slier slijpen slim slinger sloep sloffen slok sloot slordig slurf smaak smal
  smaragd smeden smelten smid smullen snaar snateren snavel sneeuw snel snip snoek snor snurken sober
  sociaal soda solist sonate sonnet sopraan souvenir spaarpot spannend sparren spat specht spekkie
  spelonk spenen spiegel spijker spin spiraal spits spleet splinter spoelen spons spoor sportief
  spraak spreeuw sproet spruit spul staan stadion stage stam stapel start statief staven steeg steiger
  stelling stempel stengel step steun stevig stift stijf stilte stoeien stoffer stola stomen stoof
  storten straal streek strik stro struis studie stuif stuk stulp stuur stuwdam sudderen suiker sukade
  sultan taak taart tablet tafereel takel talent talloos tamboer tandem tapijt tarbot tarief tarwe
  tasten tegel tekening tekst telefoon tempo tender tenor tent terloops termijn terug tevreden textiel
  theater thee tijdig tijger tijm tillen timide timmer tintelen titel tjilpen tjokvol tobbe toekan
  toerist toestand toko tolk tomaat toneel toonbaar toorts topaas topper toren tortel toss totaal
  touwtje tractor traditie traject tralies trant trap trechter trede treffen trein trek triangel
  tribune trimmen triomf troef trog troost tropen trots trouwens truffel trui tuba tuinier tuit tule
  tunnel turbo turf turkoois turnen tussenin twijfel uienring uitbater uitdelen uitgang uitleg uitrit
  uitslag uitzicht uniek uniform uurtje uurwerk vaag vaandel vaardig vaatwerk vadem vakantie vakman
  valk vallei vandaag vangen vanille varen vazal veder veiling veldsla velg venster ventiel veranda
  verband verguld verhaal verkeer verlicht vers vertrek vervoer verzoek vesting viaduct viering vijgen
  vijzel villa vinden vinger vink violist viool visboer visite vissen vitamine vlakgom vlam vlechten
  vlees vleugel vlieg vlijt vlinder vloer vlot vlug vodden voedsel vogel volgen volume voordeel vork
  vragen vredig vreemd vreugde vriend vrij vroeg vrolijk vroom vrouw vrucht vuil vulpen waaier
  waakhond waarde wacht wafels walnoot wals walvis wandelen wanten warmte wartaal wasbak wasmand
  wastafel water wazig wedden weefsel week weelde weiland welkom welvaart wens wereld werf werkplek
  werpen westen wezel wiebelen wijd wilg wimper windstil winkel winnaar winst winter wisent wiskunde
  wissel woelen wolf wolkje wonder wonen woonboot woordje worm wuiven wulp yoghurt zaad zaagsel
  zaailing zachtjes zakdoek zakelijk zalig zalm zanger zebra zeegras zeehond zeep zeester zegen
  zeilboot zeker zeldzaam zenden zeppelin zetmeel zetten zien zifter zigzag zijde zilt zilver zingen
  zintuig zitbank zoeken zoet zomer zone zonnig zorg zoutvat zuidwest zuiger zuinig zuivel zuring
  zuurkool zwaai zwager zwaluw zwembad zweven zwoel
`

export const dutchWords: WordList = { language: "nl", words: WORDS.trim().split(/\s+/) }
