namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>Holds source files against a table of rooms.</summary>
internal sealed class RoomChecker(RoomTable table)
{
    /// <summary>The references that the table does not allow.</summary>
    public IEnumerable<Reference> Violations(IEnumerable<Reference> references) => references.Where(r => !table.Allows(r.From, r.To));

    /// <summary>The same for sources that are not compiled yet.</summary>
    public IEnumerable<Reference> Violations(params SourceFile[] files) => Violations(new RoomReferences(files).All());
}
