using System.Text.RegularExpressions;

namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>The rooms of the library and the one way through them: nothing flows back.</summary>
public sealed partial class RoomsTests
{
    [Fact]
    public void The_sources_are_understood() => Assert.Empty(LibrarySources.Errors);

    [Fact]
    public void Every_room_uses_only_what_flows_into_it()
    {
        var wrong = new RoomChecker(RoomTable.OfLibrary).Violations(LibrarySources.References).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_folder_has_a_row_in_the_table() =>
        Assert.DoesNotContain(LibrarySources.Files.Select(f => f.Room).Distinct(), room => RoomTable.OfLibrary.RowOf(room) is null);

    [Fact]
    public void Every_namespace_is_its_folder()
    {
        var wrong = new List<string>();
        foreach (var file in LibrarySources.Files)
        {
            var expected = file.Room.Length == 0 ? "HandshakeToMermaid" : $"HandshakeToMermaid.{file.Room}";
            var declared = Namespace().Match(file.Text);
            if (declared.Success && declared.Groups["name"].Value != expected) wrong.Add($"{file.Path}: {declared.Groups["name"].Value}");
        }

        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();
}
