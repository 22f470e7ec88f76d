package country

// words are the Dutch adjectives and nouns of nationality, by alpha-3 code, and names that CLDR does
// not have: older ones, official ones, and what registers write. Adjectives stand with and without
// their e, nouns in the masculine and, where it differs from the adjective, the feminine form.
const words = `AFG:Afghaans,Afghaanse,Afghaan
ALB:Albanees,Albanese
DZA:Algerijns,Algerijnse,Algerijn
AND:Andorrees,Andorrese
AGO:Angolees,Angolese
ATG:Antiguaans,Antiguaanse,Antiguaan,Antigua,Antigua and Barbuda
ARE:Emiraats,Emiraatse,Emirati,VAE
ARG:Argentijns,Argentijnse,Argentijn
ARM:Armeens,Armeense,Armeniër
ABW:Arubaans,Arubaanse,Arubaan
AUS:Australisch,Australische,Australiër
AZE:Azerbeidzjaans,Azerbeidzjaanse,Azerbeidzjaan,Azerisch,Azerische,Azeri,Azerbaijaanse,Azerbeidjan
BHS:Bahamaans,Bahamaanse,Bahamaan,The Bahamas
BHR:Bahreins,Bahreinse,Bahreiner
BGD:Bengalees,Bengalese,Bengaals,Bengaalse,Bengali,Bangladeshi,Bangladees,Bangladese,Bangladesher
BRB:Barbadaans,Barbadaanse,Barbadaan
BLR:Belarussisch,Belarussische,Belarus,Wit-Rusland,Wit-Russisch,Wit-Russische,Wit-Rus
BEL:Belgisch,Belgische,Belg
BLZ:Belizaans,Belizaanse,Belizaan
BEN:Benins,Beninse,Beniner,Beninees,Beninese
BMU:Bermudaans,Bermudaanse,Bermudaan
BTN:Bhutaans,Bhutaanse,Bhutaan,Bhutanees,Bhutanese
BOL:Boliviaans,Boliviaanse,Boliviaan,Plurinational State of Bolivia,Bolivia Plurinational State of
BIH:Bosnisch,Bosnische,Bosniër,Bosnië,Bosnië-Herzegovina,Bosnisch-Herzegovijnse,Bosnia,Bosnia and Herzegovina
BWA:Botswaans,Botswaanse,Botswaan
BRA:Braziliaans,Braziliaanse,Braziliaan
BRN:Bruneis,Bruneise,Bruneier,Brunei Darussalam
BGR:Bulgaars,Bulgaarse,Bulgaar
BFA:Burkinees,Burkinese,Burkinabé,Burkina
BDI:Burundees,Burundese,Burundisch,Burundische,Burundiër
KHM:Cambodjaans,Cambodjaanse,Cambodjaan
CAN:Canadees,Canadese
CAF:Centraal-Afrikaans,Centraal-Afrikaanse,Centraal-Afrikaan,CAR
TCD:Tsjadisch,Tsjadische,Tsjadiër
CHL:Chileens,Chileense,Chileen
CHN:Chinees,Chinese,China VR,VR China,Volksrepubliek China
COL:Colombiaans,Colombiaanse,Colombiaan
COM:Comorees,Comorese,Comoor
COG:Congo-Brazzaville,Congo,Republiek Congo,Congo Republiek,Republic of the Congo,Republic of Congo,Congo Republic
COD:Congolees,Congolese,Democratische Republiek Congo,Congo Democratische Republiek,DR Congo,DRC,Zaïre,Zaïrees,Zaïrese,Democratic Republic of the Congo,Congo Democratic Republic of the,Congo the Democratic Republic of the,Democratic Republic of Congo
CRI:Costa Ricaans,Costa Ricaanse,Costa Ricaan
CUB:Cubaans,Cubaanse,Cubaan
CUW:Curaçaos,Curaçaose,Curaçaoënaar
CYP:Cypriotisch,Cypriotische,Cyprioot,Cyprisch,Cyprische
DNK:Deens,Deense,Deen
DJI:Djiboutiaans,Djiboutiaanse,Djiboutiaan
DMA:Dominica
DOM:Dominicaans,Dominicaanse,Dominicaan
DEU:Duits,Duitse,Duitser,Bondsrepubliek Duitsland
ECU:Ecuadoraans,Ecuadoraanse,Ecuadoraan,Ecuadoriaans,Ecuadoriaanse,Ecuadoriaan
EGY:Egyptisch,Egyptische,Egyptenaar
SLV:Salvadoraans,Salvadoraanse,Salvadoraan
GNQ:Equatoriaal-Guinees,Equatoriaal-Guinese,Equatoriaal-Guineeër,Equatoriaal-Guinee
ERI:Eritrees,Eritrese,Eritreeër,Eritreese
EST:Ests,Estse,Est,Estlands,Estlandse,Estlander,Estisch,Estische
SWZ:Eswatini,Swazisch,Swazische,Swazi,Swaziland
ETH:Ethiopisch,Ethiopische,Ethiopiër
FRO:Faeröers,Faeröerse,Faeröerder
FJI:Fijisch,Fijische,Fijiër
PHL:Filipijns,Filipijnse,Filipijn,Filipino,Filipina,The Philippines,Filippijnen,Filippijns,Filippijnse,Filippijn
FIN:Fins,Finse,Fin
FRA:Frans,Franse,Fransman,Française
GAB:Gabonees,Gabonese,Gabons,Gabonse,Gaboner
GMB:Gambiaans,Gambiaanse,Gambiaan,The Gambia,Gambia The,De Gambia
GEO:Georgisch,Georgische,Georgiër
GHA:Ghanees,Ghanese
GRD:Grenadaans,Grenadaanse,Grenadaan
GRC:Grieks,Griekse,Griek
GRL:Groenlands,Groenlandse,Groenlander
GBR:Brits,Britse,Brit,Groot-Brittannië,Engeland,Engels,Engelse,Engelsman,Schotland,Schots,Schotse,Schot,Wales,Welsh,UK,Great Britain,United Kingdom of Great Britain and Northern Ireland,England,Scotland
GTM:Guatemalaans,Guatemalaanse,Guatemalaan,Guatemalteeks,Guatemalteekse,Guatemalteek
GIN:Guinees,Guinese,Guineeër,Guinee-Conakry,Guineese
GNB:Guinee-Bissaus,Guinee-Bissause,Guinee-Bissauer,Bissau-Guinees,Bissau-Guinese
GUY:Guyaans,Guyaanse,Guyaan,Guyanees,Guyanese
HTI:Haïtiaans,Haïtiaanse,Haïtiaan
HND:Hondurees,Hondurese
HKG:Hongkong,Hong Kong,Hongkongs,Hongkongse,Hongkonger
HUN:Hongaars,Hongaarse,Hongaar
IRL:Iers,Ierse,Ier
ISL:IJslands,IJslandse,IJslander
IND:Indiaas,Indiase,Indiër,Indisch,Indische
IDN:Indonesisch,Indonesische,Indonesiër
IRQ:Iraaks,Iraakse,Irakees,Irakese,Irakiër
IRN:Iraans,Iraanse,Iraniër,Islamitische Republiek Iran,Perzisch,Perzische,Iran Islamic Republic of,Islamic Republic of Iran
ISR:Israëlisch,Israëlische,Israëliër,Israëli
ITA:Italiaans,Italiaanse,Italiaan
CIV:Ivoriaans,Ivoriaanse,Ivoriaan,Cote d'Ivoire,Ivory Coast
JAM:Jamaicaans,Jamaicaanse,Jamaicaan
JPN:Japans,Japanse,Japanner
YEM:Jemenitisch,Jemenitische,Jemeniet,Jemens,Jemense
JOR:Jordaans,Jordaanse,Jordaniër
CPV:Kaapverdisch,Kaapverdische,Kaapverdiër,Kaapverdiaans,Kaapverdiaanse,Cabo Verde,Kaapverdische Eilanden
CMR:Kameroens,Kameroense,Kameroener
KAZ:Kazachs,Kazachse,Kazach,Kazachstaans,Kazachstaanse
KEN:Keniaans,Keniaanse,Keniaan,Kenyaans,Kenyaanse,Kenyaan
KGZ:Kirgizisch,Kirgizische,Kirgies,Kirgizstan,Kirgisië,Kirgistan,Kirgizstaans,Kirgizstaanse
KIR:Kiribatisch,Kiribatische,Kiribatiër
KWT:Koeweits,Koeweitse,Koeweiter,Koeweiti
XKX:Kosovaars,Kosovaarse,Kosovaar,RKS,XKK
HRV:Kroatisch,Kroatische,Kroaat
LAO:Laotiaans,Laotiaanse,Laotiaan,Lao People's Democratic Republic
LSO:Lesothaans,Lesothaanse,Lesothaan,Basotho
LVA:Lets,Letse,Let
LBN:Libanees,Libanese
LBR:Liberiaans,Liberiaanse,Liberiaan
LBY:Libisch,Libische,Libiër
LIE:Liechtensteins,Liechtensteinse,Liechtensteiner
LTU:Litouws,Litouwse,Litouwer
LUX:Luxemburgs,Luxemburgse,Luxemburger
MAC:Macau,Macaus,Macause,Macao
MKD:Noord-Macedonië,North Macedonia,Noord-Macedonisch,Noord-Macedonische,Macedonisch,Macedonische,Macedoniër,Noord-Macedoniër
MDG:Malagassisch,Malagassische,Malagassiër,Madagaskisch,Madagaskische
MWI:Malawisch,Malawische,Malawiër
MDV:Maldivisch,Maldivische,Malediven,Maldiviër,Malediviër
MYS:Maleisisch,Maleisische,Maleisiër,Maleis,Maleise
MLI:Malinees,Malinese,Maliër,Malisch,Malische
MLT:Maltees,Maltese,Maltezer
MAR:Marokkaans,Marokkaanse,Marokkaan
MHL:Marshalls,Marshallse,Marshalleilander
MRT:Mauritaans,Mauritaanse,Mauritaniër
MUS:Mauritiaans,Mauritiaanse,Mauritiaan
MEX:Mexicaans,Mexicaanse,Mexicaan
FSM:Micronesisch,Micronesische,Micronesiër,Federale Staten van Micronesië,Micronesia Federated States of,Federated States of Micronesia
MDA:Moldavisch,Moldavische,Moldaviër,Moldaafs,Moldaafse,Moldova,Moldova Republic of,Moldova the Republic of,Republic of Moldova
MCO:Monegaskisch,Monegaskische,Monegask
MNG:Mongools,Mongoolse,Mongool,Mongolisch,Mongolische
MNE:Montenegrijns,Montenegrijnse,Montenegrijn
MOZ:Mozambikaans,Mozambikaanse,Mozambikaan
MMR:Myanmarees,Myanmarese,Birma,Myanmar,Birmaans,Birmaanse,Birmaan,Burma,Birmees,Birmese,Burmees,Burmese
NAM:Namibisch,Namibische,Namibiër
NRU:Nauruaans,Nauruaanse,Nauruaan
NLD:Nederlands,Nederlandse,Nederlander,Holland,Hollands,Hollandse,Hollander,Koninkrijk der Nederlanden,The Netherlands,Netherlands Kingdom of the
NPL:Nepalees,Nepalese
NZL:Nieuw-Zeelands,Nieuw-Zeelandse,Nieuw-Zeelander
NIC:Nicaraguaans,Nicaraguaanse,Nicaraguaan
NER:Nigerees,Nigerese
NGA:Nigeriaans,Nigeriaanse,Nigeriaan
PRK:Noord-Koreaans,Noord-Koreaanse,Noord-Koreaan,Democratische Volksrepubliek Korea,Korea Democratic People's Republic of,Korea the Democratic People's Republic of,Democratic People's Republic of Korea
NOR:Noors,Noorse,Noor
UGA:Oegandees,Oegandese,Uganda,Ugandese
UKR:Oekraïens,Oekraïense,Oekraïner
UZB:Oezbeeks,Oezbeekse,Oezbeek
OMN:Omaans,Omaanse,Omani,Omaniet
AUT:Oostenrijks,Oostenrijkse,Oostenrijker
TLS:Oost-Timorees,Oost-Timorese,Timor-Leste,East Timor
PAK:Pakistaans,Pakistaanse,Pakistaan,Pakistani
PLW:Palaus,Palause,Palauer
PSE:Palestijns,Palestijnse,Palestijn,Palestina,Palestine,Palestijnse Autoriteit,Staat Palestina,Palestine State of,State of Palestine
PAN:Panamees,Panamese
PNG:Papoea-Nieuw-Guinees,Papoea-Nieuw-Guinese,Papoea,Papoeaas,Papoease
PRY:Paraguayaans,Paraguayaanse,Paraguayaan
PER:Peruaans,Peruaanse,Peruaan,Peruviaans,Peruviaanse
POL:Pools,Poolse,Pool
PRT:Portugees,Portugese
PRI:Puerto Ricaans,Puerto Ricaanse,Puerto Ricaan
QAT:Qatarees,Qatarese,Qatari,Katar,Katarees,Katarese
ROU:Roemeens,Roemeense,Roemeen
RUS:Russisch,Russische,Rus,Russin,Russische Federatie,Russian Federation
RWA:Rwandees,Rwandese,Ruanda,Rwandisch,Rwandische,Ruandees,Ruandese
KNA:Kittitiaans,Kittitiaanse,Kittitiaan,Saint Kitts and Nevis
LCA:Saint Luciaans,Saint Luciaanse,Saint Luciaan,Sint Lucia
VCT:Vincentiaans,Vincentiaanse,Vincentiaan,Saint Vincent,Saint Vincent and the Grenadines
SLB:Salomons,Salomonse,Salomonseilander
WSM:Samoaans,Samoaanse,Samoaan
SMR:San Marinees,San Marinese
STP:Santomees,Santomese,Sao Tomé,São Tomé,São Tomé en Principe,Sao Tome and Principe
SAU:Saoedi-Arabisch,Saoedi-Arabische,Saoedisch,Saoedische,Saoediër,Saudi-Arabië,Saoedi
SEN:Senegalees,Senegalese
SRB:Servisch,Servische,Serviër
SYC:Seychels,Seychelse,Seycheller
SLE:Sierra Leoons,Sierra Leoonse,Sierra Leoner,Sierra Leonees,Sierra Leonese
SGP:Singaporees,Singaporese,Singaporaans,Singaporaanse,Singaporaan
SVN:Sloveens,Sloveense,Sloveen
SVK:Slowaaks,Slowaakse,Slowaak,Slovakije
SDN:Soedanees,Soedanese,Sudan,Sudanees,Sudanese
SOM:Somalisch,Somalische,Somaliër,Somali
ESP:Spaans,Spaanse,Spanjaard
LKA:Sri Lankaans,Sri Lankaanse,Sri Lankaan,Ceylon
SUR:Surinaams,Surinaamse,Surinamer
SYR:Syrisch,Syrische,Syriër,Syrische Arabische Republiek,Arabische Republiek Syrië,Syrian Arab Republic
TJK:Tadzjieks,Tadzjiekse,Tadzjiek,Tajikistan
TWN:Taiwanees,Taiwanese,Taiwan Province of China
TZA:Tanzaniaans,Tanzaniaanse,Tanzaniaan,Tanzania United Republic of,United Republic of Tanzania
THA:Thais,Thaise,Thai,Thailander,Thailands,Thailandse
TGO:Togolees,Togolese
TON:Tongaans,Tongaanse,Tongaan
TTO:Trinidadiaans,Trinidadiaanse,Trinidadiaan,Trinidad,Trinidad and Tobago,Trinidads,Trinidadse,Trinidadder
CZE:Tsjechisch,Tsjechische,Tsjech,Tsjechische Republiek,Czech Republic
TUN:Tunesisch,Tunesische,Tunesiër
TUR:Turks,Turkse,Turk,Türkiye
TKM:Turkmeens,Turkmeense,Turkmeen
TUV:Tuvaluaans,Tuvaluaanse,Tuvaluaan
URY:Uruguayaans,Uruguayaanse,Uruguayaan
VUT:Vanuatuaans,Vanuatuaanse,Vanuatuaan
VAT:Vaticaans,Vaticaanse,Vaticaan,Heilige Stoel,Holy See
VEN:Venezolaans,Venezolaanse,Venezolaan,Venezuela Bolivarian Republic of,Bolivarian Republic of Venezuela
USA:Amerikaans,Amerikaanse,Amerikaan,VS,Amerika,Verenigde Staten van Amerika,United States of America
VNM:Vietnamees,Vietnamese,Viet Nam
ESH:Sahraams,Sahraamse,Sahrawi,Saharaans,Saharaanse,West-Sahara,West-Saharaans,West-Saharaanse,Westelijk-Saharaanse
ZMB:Zambiaans,Zambiaanse,Zambiaan
ZWE:Zimbabwaans,Zimbabwaanse,Zimbabwaan
ZAF:Zuid-Afrikaans,Zuid-Afrikaanse,Zuid-Afrikaan
KOR:Zuid-Koreaans,Zuid-Koreaanse,Zuid-Koreaan,Republiek Korea,Korea,Korea Republic of,Korea the Republic of,Republic of Korea
SSD:Zuid-Soedanees,Zuid-Soedanese,Zuid-Sudan,Zuid-Sudanees,Zuid-Sudanese
SWE:Zweeds,Zweedse,Zweed
CHE:Zwitsers,Zwitserse,Zwitser
XXA:staatloos,staatloze,stateless,zonder nationaliteit
XXX:onbekend,unknown,XXB,XXC,UNK,vluchteling,nationaliteit onbekend
`
