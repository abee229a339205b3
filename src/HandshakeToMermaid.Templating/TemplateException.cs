namespace HandshakeToMermaid.Templating;

/// <summary>A template failed: a mistake met while it ran, or a limit reached.</summary>
internal sealed class TemplateException : Exception
{
    internal TemplateException(string path, int line, int column, string text)
        : base(new TemplateMessage(path, line, column, text).ToString())
    {
        Path = path;
        Line = line;
        Column = column;
        Text = text;
    }

    /// <summary>The template, as named when it was parsed.</summary>
    public string Path { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The column, from 1, in UTF-16 units.</summary>
    public int Column { get; }

    /// <summary>What went wrong, without the position.</summary>
    public string Text { get; }
}
