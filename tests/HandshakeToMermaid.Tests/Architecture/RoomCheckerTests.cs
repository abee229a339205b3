namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>However a type of another room is written, the checker sees it.</summary>
public sealed class RoomCheckerTests
{
    private static readonly RoomChecker Checker = new(new RoomTable(
        new("", "*"),
        new("Wire"),
        new("Diagrams", "Wire"),
        new("Protocols", "Wire"),
        new("Protocols.Tls", "Wire", "Protocols"),
        new("Protocols.Tls.Codec", "Wire", "Protocols"),
        new("Protocols.Tls.Facts", "Wire", "Protocols", "Protocols.Tls.Codec")));

    private static readonly SourceFile[] House =
    [
        new("Settings.cs", "namespace HandshakeToMermaid; public static class Settings { public const int Width = 80; }"),
        new("Wire/Reader.cs", "namespace HandshakeToMermaid.Wire; public class Reader { }"),
        new("Protocols/Step.cs", "namespace HandshakeToMermaid.Protocols; public class Step { public static int Count; public Tls.Facts.Story? Story; }"),
        new("Protocols/Tls/Codec/Hello.cs", "namespace HandshakeToMermaid.Protocols.Tls.Codec; public class Hello { }"),
        new("Protocols/Tls/Facts/Story.cs", "namespace HandshakeToMermaid.Protocols.Tls.Facts; public class Story { public int Title; }"),
        new("Protocols/Tls/Facts/Words.cs", "namespace HandshakeToMermaid.Protocols.Tls.Facts; public static class Words { public static string Quoted(this string s) => s; }"),
    ];

    [Fact]
    public void A_using_directive_is_seen() =>
        Assert.Contains(("Protocols", "Protocols"), Found("Diagrams/X.cs", "using HandshakeToMermaid.Protocols; namespace HandshakeToMermaid.Diagrams;"));

    [Fact]
    public void A_using_alias_is_seen() => Assert.Contains(("Protocols", "Step"), Found("Diagrams/X.cs", """
        using Arrow = HandshakeToMermaid.Protocols.Step;
        namespace HandshakeToMermaid.Diagrams;
        public class X { public Arrow? Arrow; }
        """));

    [Fact]
    public void A_using_static_is_seen() => Assert.Contains(("Protocols", "Step"), Found("Diagrams/X.cs", """
        using static HandshakeToMermaid.Protocols.Step;
        namespace HandshakeToMermaid.Diagrams;
        public class X { public int Steps => Count; }
        """));

    [Theory]
    [InlineData("HandshakeToMermaid.Protocols.Step")]
    [InlineData("global::HandshakeToMermaid.Protocols.Step")]
    [InlineData("Protocols.Step")]
    public void A_qualified_name_is_seen(string name) =>
        Assert.Equal([("Protocols", "Step")], Found("Diagrams/X.cs", $"namespace HandshakeToMermaid.Diagrams; public class X {{ public {name}? Step; }}"));

    [Fact]
    public void A_type_of_the_root_is_seen_without_a_using_directive() => Assert.Equal([("", "Settings")], Found("Diagrams/X.cs", """
        namespace HandshakeToMermaid.Diagrams;
        public class X { public int Half => Settings.Width / 2; }
        """).Distinct());

    [Fact]
    public void An_inner_room_has_rules_of_its_own()
    {
        const string Text = """
            using HandshakeToMermaid.Protocols.Tls.Facts;
            namespace HandshakeToMermaid.Protocols.Tls.Codec;
            public class X { public Story? Story; }
            """;
        Assert.Contains(("Protocols.Tls.Facts", "Story"), Found("Protocols/Tls/Codec/X.cs", Text));
        Assert.Empty(Found("Protocols/Tls/Facts/X.cs", Text.Replace(".Codec;", ".Facts;")));
    }

    [Fact]
    public void What_flows_forwards_is_allowed() => Assert.Empty(Found("Protocols/Tls/Facts/X.cs", """
        using HandshakeToMermaid.Protocols.Tls.Codec;
        using HandshakeToMermaid.Wire;
        namespace HandshakeToMermaid.Protocols.Tls.Facts;
        public class X { public Hello? Hello; public Reader? Reader; public Step? Step; }
        """));

    [Fact]
    public void A_member_is_seen_though_its_type_is_not_written() =>
        Assert.Contains(("Protocols.Tls.Facts", "Story"), Found("Protocols/Tls/Codec/X.cs", """
            namespace HandshakeToMermaid.Protocols.Tls.Codec;
            public class X { public int Of(Step step) => step.Story!.Title; }
            """));

    [Fact]
    public void An_extension_method_is_seen() =>
        Assert.Contains(("Protocols.Tls.Facts", "Words"), Found("Diagrams/X.cs", """
            using HandshakeToMermaid.Protocols.Tls.Facts;
            namespace HandshakeToMermaid.Diagrams;
            public class X { public string Name => "x".Quoted(); }
            """));

    [Fact]
    public void A_comment_is_no_reference() =>
        Assert.Empty(Found("Diagrams/X.cs", "namespace HandshakeToMermaid.Diagrams; /* HandshakeToMermaid.Protocols.Step */ public class X { }"));

    [Fact]
    public void A_folder_without_a_row_may_use_nothing() =>
        Assert.Equal([("Wire", "Reader")], Found("Attic/X.cs", "namespace HandshakeToMermaid.Attic; public class X { public Wire.Reader? Reader; }"));

    /// <summary>What a file uses although the table does not allow it: the room and the name.</summary>
    private static IEnumerable<(string To, string Name)> Found(string path, string text) =>
        Checker.Violations([.. House, new SourceFile(path, text)]).Where(r => r.Path == path).Select(r => (r.To, r.Name));
}
