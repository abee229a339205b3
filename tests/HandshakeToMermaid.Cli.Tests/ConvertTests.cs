namespace HandshakeToMermaid.Cli.Tests;

/// <summary>h2m convert, as a user meets it.</summary>
public sealed class ConvertTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2m-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_capture_becomes_a_diagram_on_standard_output_and_nothing_else()
    {
        var (code, output, error) = H2m.Run(["convert", H2m.Sample("tls12-success")]);
        Assert.Equal(ExitCode.Done, code);
        Assert.StartsWith("sequenceDiagram\n", output, StringComparison.Ordinal);
        Assert.Contains("ClientHello", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public void A_file_gets_what_standard_output_would()
    {
        var path = Path.Combine(folder, "diagram.mmd");
        var (_, expected, _) = H2m.Run(["convert", H2m.Sample("nxdomain")]);
        Assert.Equal(ExitCode.Done, H2m.Run(["convert", H2m.Sample("nxdomain"), "-o", path]).ExitCode);
        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Fact]
    public void A_directory_gets_one_file_per_connection()
    {
        var (code, output, _) = H2m.Run(["convert", H2m.Sample("resumption-tls13"), "-o", folder + "/"]);
        Assert.Equal(ExitCode.Done, code);
        Assert.Empty(output);
        Assert.Equal(["001-www.example.com.mmd", "002-www.example.com.mmd"], Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>With numbers to select by, a connection is drawn when its turn has come, else before its number is known.</summary>
    [Theory]
    [InlineData("mermaid")]
    [InlineData("mermaid", "--timeline")]
    [InlineData("mermaid", "--max-connections", "0")]
    [InlineData("svg")]
    [InlineData("svg", "--timeline")]
    [InlineData("text")]
    [InlineData("text", "--max-connections", "0")]
    [InlineData("link")]
    [InlineData("link", "--timeline")]
    [InlineData("json")]
    [InlineData("markdown")]
    [InlineData("html")]
    public void A_file_of_a_directory_is_the_same_whether_its_number_was_known_when_it_was_drawn(params string[] form)
    {
        string[] captures = [.. Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetDirectoryName(H2m.Sample("nxdomain")))!, "capture.pcap*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        string[] command = ["convert", .. captures, "-f", .. form];
        var (_, _, error) = H2m.Run([.. command, "-o", folder + "/early/"]);
        Assert.Equal(error.Replace("early", "late", StringComparison.Ordinal), H2m.Run([.. command, "-o", folder + "/late/", "--connection", "1-9999"]).Error);
        var names = Directory.EnumerateFiles(folder + "/early").Select(n => Path.GetFileName(n)!).ToList();
        Assert.InRange(names.Count, 100, 9_999);
        Assert.Equal(names.Count, Directory.EnumerateFiles(folder + "/late").Count());
        foreach (var name in names) Assert.Equal(File.ReadAllBytes($"{folder}/late/{name}"), File.ReadAllBytes($"{folder}/early/{name}"));
    }

    [Fact]
    public void Standard_input_reads_like_a_file()
    {
        var sample = H2m.Sample("tls12-success");
        var (code, output, _) = H2m.Run(["convert", "-"], File.ReadAllBytes(sample));
        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(H2m.Run(["convert", sample]).Output, output);
    }

    [Fact]
    public void A_cut_off_capture_is_drawn_up_to_the_cut_and_said_to_be_cut()
    {
        var path = Path.Combine(folder, "cut.pcap");
        var whole = File.ReadAllBytes(H2m.Sample("tls12-success"));
        File.WriteAllBytes(path, whole[..^20]);
        var (code, output, error) = H2m.Run(["convert", path]);
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Contains("ServerHello", output, StringComparison.Ordinal);
        Assert.Matches("cut.pcap: .* at byte [0-9]+; read up to frame [0-9]+\\.", error);
    }

    [Fact]
    public void What_is_no_capture_is_refused_in_one_sentence()
    {
        var path = Path.Combine(folder, "letter.txt");
        File.WriteAllText(path, "Hello, this is no capture.");
        var (code, output, error) = H2m.Run(["convert", path]);
        Assert.Equal(ExitCode.Unreadable, code);
        Assert.Empty(output);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains("letter.txt is not a capture", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_exit_code_3()
    {
        var (code, _, error) = H2m.Run(["convert", Path.Combine(folder, "nothing.pcap")]);
        Assert.Equal(ExitCode.Unreadable, code);
        Assert.Contains("nothing.pcap", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("convert")]
    [InlineData("convert", "x.pcap", "--no-such-option")]
    [InlineData("convert", "x.pcap", "--connection", "first")]
    [InlineData("convert", "x.pcap", "-o", "picture.bmp")]
    [InlineData("no-such-command")]
    public void A_wrong_command_line_is_exit_code_2_with_a_hint(params string[] arguments)
    {
        var (code, output, error) = H2m.Run(arguments);
        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Empty(output);
        Assert.StartsWith("h2m: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_selected_is_exit_code_5_and_says_so()
    {
        var (code, output, error) = H2m.Run(["convert", H2m.Sample("tls12-success"), "--sni", "other.*"]);
        Assert.Equal(ExitCode.Nothing, code);
        Assert.Empty(output);
        Assert.Contains("h2m list", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_says_nothing()
        => Assert.Empty(H2m.Run(["convert", H2m.Sample("tls12-success"), "--sni", "other.*", "--quiet"]).Error);

    [Theory]
    [InlineData("brief")]
    [InlineData("normal")]
    [InlineData("full")]
    public void More_detail_is_never_shorter(string detail)
    {
        var brief = H2m.Run(["convert", H2m.Sample("mutual-tls12"), "--detail", "brief"]).Output;
        var asked = H2m.Run(["convert", H2m.Sample("mutual-tls12"), "--detail", detail]).Output;
        Assert.InRange(asked.Length, brief.Length, 20_000);
    }

    [Fact]
    public void A_title_of_ones_own_is_escaped_like_any_text()
        => Assert.Contains("accTitle: Outage #35;7#59; end", H2m.Run(["convert", H2m.Sample("nxdomain"), "--title", "Outage #7; end"]).Output, StringComparison.Ordinal);

    [Fact]
    public void Json_is_an_array_of_the_objects_that_list_prints()
    {
        var array = H2m.Run(["convert", H2m.Sample("resumption-tls13"), "-f", "json"]).Output;
        var lines = H2m.Run(["list", H2m.Sample("resumption-tls13"), "--json"]).Output.TrimEnd().Split('\n');
        var objects = System.Text.Json.JsonDocument.Parse(array).RootElement.EnumerateArray().Select(o => System.Text.Json.JsonSerializer.Serialize(o));
        Assert.Equal(lines.Select(l => System.Text.Json.JsonSerializer.Serialize(System.Text.Json.JsonDocument.Parse(l).RootElement)), objects);
    }
}
