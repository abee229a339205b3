namespace HandshakeToMermaid.Cli.Tests;

/// <summary>What a wrong or a curious command line gets.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("h2m --help")]
    [InlineData("h2m --help", "no-such-command")]
    [InlineData("h2m list --help", "list", "a.pcap", "--no-such-option")]
    [InlineData("h2m templates --help", "templates")]
    [InlineData("h2m templates show --help", "templates", "show")]
    public void Wrong_usage_leads_to_the_help_of_the_very_command(string help, params string[] arguments)
    {
        var (exit, output, error) = H2m.Run(arguments);

        Assert.Equal((ExitCode.WrongUsage, ""), (exit, output));
        Assert.EndsWith($"Try '{help}'.\n", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    public void The_help_names_every_command(string option)
    {
        var (exit, output, error) = H2m.Run([option]);

        Assert.Equal((ExitCode.Done, ""), (exit, error));
        Assert.All(["convert", "list", "live", "record", "check", "embed", "redact", "schema", "interfaces", "templates"], name => Assert.Contains($"\n  {name} ", output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("convert", "--help")]
    [InlineData("list", "-qh")]
    [InlineData("templates", "render", "-h")]
    public void Every_command_helps_whatever_else_is_missing(params string[] arguments)
    {
        var (exit, output, error) = H2m.Run(arguments);

        Assert.Equal((ExitCode.Done, ""), (exit, error));
        Assert.Contains($"h2m {string.Join(' ', arguments[..^1])} ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_one_line_and_says_which_build_it_is() => Assert.Matches(@"\A\d+\.\d+\.\d+\S* \((managed|native), \.NET \d+\.\d+\.\d+\)\n\z", H2m.Run(["--version"]).Output);
}
