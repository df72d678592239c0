/** The MRC of Québec and what stands for one, to be proposed while a territory is written; anything else can be written too. */
export const TERRITORIES: readonly string[] = `Abitibi
Abitibi-Ouest
Acton
Antoine-Labelle
Argenteuil
Arthabaska
Avignon
Beauce-Centre
Beauce-Sartigan
Beauharnois-Salaberry
Bécancour
Bellechasse
Bonaventure
Brome-Missisquoi
Caniapiscau
Charlevoix
Charlevoix-Est
Coaticook
D’Autray
Deux-Montagnes
Drummond
Eeyou Istchee Baie-James
Gatineau
Joliette
Kamouraska
Kativik
L’Assomption
L’Érable
L’Île-d’Orléans
L’Islet
La Côte-de-Beaupré
La Côte-de-Gaspé
La Haute-Côte-Nord
La Haute-Gaspésie
La Haute-Yamaska
La Jacques-Cartier
La Matanie
La Matapédia
La Mitis
La Nouvelle-Beauce
La Rivière-du-Nord
La Tuque
La Vallée-de-l’Or
La Vallée-de-la-Gatineau
La Vallée-du-Richelieu
Lac-Saint-Jean-Est
Laval
Le Domaine-du-Roy
Le Fjord-du-Saguenay
Le Golfe-du-Saint-Laurent
Le Granit
Le Haut-Richelieu
Le Haut-Saint-François
Le Haut-Saint-Laurent
Le Rocher-Percé
Le Val-Saint-François
Les Appalaches
Les Basques
Les Chenaux
Les Collines-de-l’Outaouais
Les Etchemins
Les Îles-de-la-Madeleine
Les Jardins-de-Napierville
Les Laurentides
Les Maskoutains
Les Moulins
Les Pays-d’en-Haut
Les Sources
Lévis
Longueuil
Lotbinière
Manicouagan
Marguerite-D’Youville
Maria-Chapdelaine
Maskinongé
Matawinie
Mékinac
Memphrémagog
Minganie
Mirabel
Montcalm
Montmagny
Montréal
Nicolet-Yamaska
Papineau
Pierre-De Saurel
Pontiac
Portneuf
Québec
Rimouski-Neigette
Rivière-du-Loup
Roussillon
Rouville
Rouyn-Noranda
Saguenay
Sept-Rivières
Shawinigan
Sherbrooke
Témiscamingue
Témiscouata
Thérèse-De Blainville
Trois-Rivières
Vaudreuil-Soulanges`.split('\n');
