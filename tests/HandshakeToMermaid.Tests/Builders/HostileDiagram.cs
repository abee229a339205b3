using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>Diagrams whose every text is chosen.</summary>
internal static class HostileDiagram
{
    /// <summary>One text as title, description, participant, message, note, header, heading and verdict.</summary>
    public static SequenceDiagram Of(string text) => new(
        text,
        text,
        [new Participant("R", [text, text]), new Participant("C", ["Client", text]), new Participant("S", [text])],
        [
            new DiagramPart(
                new Note("R", "S", [text]),
                new Band(BandColor.Failed, new Note("R", "S", [$"\u2717 {text}", text]) { Kind = NoteKind.Verdict }, []),
                [
                    new Band(BandColor.Purple, new Note("C", "S", [text]), [
                        new Arrow("C", "S", [text, text], IsAnswer: false, IsDeadEnd: false, []),
                        new Arrow("S", "C", [$"Alert · {text}"], IsAnswer: true, IsDeadEnd: true, []),
                        new Note("C", "C", [text]),
                    ]),
                    new Band(null, null, [new Note("R", "S", [text])]),
                ],
                new Band(BandColor.Succeeded, new Note("R", "S", [text]), [])),
        ]);

    /// <summary>Its texts.</summary>
    public static IEnumerable<string> Lines(SequenceDiagram diagram)
        => diagram.Participants.SelectMany(p => p.Lines).Concat(diagram.Parts.SelectMany(p =>
            p.Heading!.Lines.Concat(p.AllBands.SelectMany(b => (b.Header?.Lines ?? []).Concat(b.Items.SelectMany(i => i.Lines))))));
}
