namespace HandshakeToMermaid.Cli.Tests;

/// <summary>Rows of JSON in place of captures.</summary>
public sealed class RowTests
{
    [Fact]
    public void Rows_on_standard_input_draw_what_the_capture_draws()
    {
        var capture = H2m.Sample("expired-certificate");
        var rows = H2m.Run(["list", capture, "--json", "--drawable"]);
        var (code, output, error) = H2m.Run(["convert", "-"], System.Text.Encoding.UTF8.GetBytes(rows.Output));
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(H2m.Run(["convert", capture]).Output, output);
    }

    [Fact]
    public void A_JSON_file_draws_what_the_capture_draws_and_damage_behind_it_is_said()
    {
        var folder = Directory.CreateTempSubdirectory("h2m-rows-");
        try
        {
            Damage(Path.Combine(folder.FullName, "facts.json"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Rows_of_several_machines_with_equal_numbers_get_a_file_each()
    {
        var folder = Directory.CreateTempSubdirectory("h2m-rows-");
        try
        {
            var rows = string.Concat(new[] { "expired-certificate", "wrong-name", "expired-certificate" }.Select(name => H2m.Run(["list", H2m.Sample(name), "--json", "--drawable"]).Output));
            var (code, _, error) = H2m.Run(["convert", "-", "-o", folder.FullName + "/"], System.Text.Encoding.UTF8.GetBytes(rows));
            Assert.Equal(0, code);
            Assert.Contains("3 files written", error, StringComparison.Ordinal);
            Assert.Equal(3, folder.GetFiles("*.mmd").Length);
            Assert.Single(folder.GetFiles("001.3-*.mmd"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Damage(string path)
    {
        var capture = H2m.Sample("two-visits");
        Assert.Equal(0, H2m.Run(["convert", capture, "--drawable", "-o", path]).ExitCode);
        Assert.Equal(H2m.Run(["convert", capture, "-c", "2"]).Output, H2m.Run(["convert", path, "-c", "2"]).Output);
        File.AppendAllText(path, "{");
        var (code, output, error) = H2m.Run(["convert", path, "-c", "2"]);
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.StartsWith("sequenceDiagram", output, StringComparison.Ordinal);
        Assert.Contains("something follows the end of the array.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", ExitCode.Unreadable, "line 1: the row has no schema")]
    [InlineData("{\"schema\":\"handshake-to-mermaid/1\"}", ExitCode.Unreadable, "'h2m list --json --drawable' writes it")]
    [InlineData("[]", ExitCode.Nothing, "there are no rows")]
    public void What_cannot_be_drawn_is_said(string text, int code, string sentence)
    {
        var run = H2m.Run(["convert", "-"], System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal((code, ""), (run.ExitCode, run.Output));
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--redact", "--redact needs the capture: rows of JSON hold only what was found. 'h2m list --json --drawable --redact'")]
    [InlineData("--detail=full", "--detail full needs the capture")]
    [InlineData("--format=json", "rows are JSON already")]
    public void What_needs_packets_is_refused(string option, string sentence)
    {
        var run = H2m.Run(["convert", "-", option], "{}"u8.ToArray());
        Assert.Equal((ExitCode.WrongUsage, ""), (run.ExitCode, run.Output));
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }
}
