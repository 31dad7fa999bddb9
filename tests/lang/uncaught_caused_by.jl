# An exception thrown while another was being handled says what caused it.
function load()
    try
        error("disk")
    catch
        throw(ArgumentError("no data"))
    end
end

load()
