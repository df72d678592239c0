import { describe, expect, it } from 'vitest';
import { readImport } from './read-import.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => {
  const result = readImport(bytes(text));
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
};
const refused = (file: Uint8Array) => {
  const result = readImport(file);
  return result.ok ? undefined : result.error.kind;
};

describe('[COMM-10] a file of members', () => {
  it.each([
    ['semicolons, French', 'Courriel;Nom;Organisme;MRC;Langues;Peut offrir;Cherche;Rôle\n', ';'],
    ['commas, English', 'Email,Name,Organization,Territory,Languages,Offers,Seeks,Role\r\n', ','],
    [
      'tabs, with a mark at its head',
      '\uFEFFE-mail\tNOM\torganisation\tterritoire\tlangue\toffres\trecherche\trole\n',
      '\t',
    ],
  ])('is read with %s', (_what, head, d) => {
    const line = [
      'Ana@exemple.test',
      'Ana Côté',
      '"CDC ""du"" Lac"',
      'Témiscamingue',
      '"français, anglais"',
      '"a;b,c\td"',
      '',
      'animation',
    ];
    expect(read(head + line.join(d)).people).toEqual([
      {
        line: 2,
        email: 'ana@exemple.test',
        role: 'animator',
        profile: {
          name: 'Ana Côté',
          organisation: 'CDC "du" Lac',
          territory: 'Témiscamingue',
          languages: ['français', 'anglais'],
          offers: 'a;b,c d',
          seeks: '',
        },
      },
    ]);
  });

  it('puts a given name before the family name, needs no name at all, and tells which columns it does not use', () => {
    const { people, unused } = read(
      'Prénom,Nom,Courriel,Téléphone,Ville\nAna,Côté,a@exemple.test,1,2\n,,b@exemple.test',
    );
    expect(people.map(({ profile }) => profile.name)).toEqual(['Ana Côté', '']);
    expect(unused).toEqual(['Téléphone', 'Ville']);
  });

  it('tells of each line that cannot be used which it is, and why', () => {
    const lines = [
      'courriel;nom;rôle;offre',
      'a@exemple.test;Ana "Nana" Côté;;',
      '',
      ';Sans adresse;;',
      'pas une adresse;X;;',
      'A@exemple.test;Encore Ana;;',
      `b@exemple.test;${'x'.repeat(200)};;`,
      'c@exemple.test;Chloé;reine;',
      'd@exemple.test;a\u0007b;;',
      'e@exemple.test;Ève;;"deux\nlignes"',
      'f@exemple.test;<b>Fé</b>;membre;',
      'g@exemple.test;"pas fermé;;',
      'h@exemple.test;Hé;;',
    ];
    const { people, problems } = read(lines.join('\n'));
    expect(people.map(({ line, profile }) => [line, profile.name])).toEqual([
      [2, 'Ana "Nana" Côté'],
      [10, 'Ève'],
      [12, '<b>Fé</b>'],
    ]);
    expect(problems).toEqual([
      { line: 4, problem: { kind: 'emailMissing' } },
      { line: 5, problem: { kind: 'emailWrong', written: 'pas une adresse' } },
      { line: 6, problem: { kind: 'emailTwice', line: 2 } },
      { line: 7, problem: { kind: 'tooLong', column: 'name', max: expect.any(Number) as number } },
      { line: 8, problem: { kind: 'unknownRole', written: 'reine' } },
      { line: 9, problem: { kind: 'notText', column: 'name' } },
      { line: 13, problem: { kind: 'quotes' } },
    ]);
  });

  it('is refused as a whole where nothing of it can be read', () => {
    expect(refused(Buffer.from('courriel;nom\na@exemple.test;Côté', 'latin1'))).toBe('notUtf8');
    expect(refused(Buffer.from('courriel;nom\n', 'utf16le'))).toBe('noColumns');
    for (const text of ['', '\n\n', 'a@exemple.test;Ana\n', 'nom;ville\nAna;Amos', '"'])
      expect(refused(bytes(text))).toBe('noColumns');
    const many = Array.from({ length: 501 }, (_, i) => `p${i}@exemple.test`).join('\n');
    expect(refused(bytes(`courriel\n${many}`))).toBe('tooManyLines');
    expect(read(`courriel\n${many.slice(0, many.lastIndexOf('\n'))}`).people).toHaveLength(500);
    expect(read('courriel\n').people).toEqual([]);
  });
});
